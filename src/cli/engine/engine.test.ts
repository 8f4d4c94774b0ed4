import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askEngine, engineDirectory, engineHost, engineRunDirectory, findEngine } from './engine.ts';

let data: string;
let engines: Server[];

/** Something that answers as an engine of this version does, at a socket. */
async function startEngine(host: string, version: string): Promise<void> {
  const socket = new URL(host).pathname;
  mkdirSync(dirname(socket), { recursive: true });
  const server = createServer((_request, response) => response.end(JSON.stringify({ Version: version })));
  engines.push(server);
  server.listen(socket);
  await once(server, 'listening');
}

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'ls-'));
  engines = [];
});
afterEach(async () => {
  for (const engine of engines) {
    engine.close();
    engine.closeAllConnections();
    await once(engine, 'close');
  }
  rmSync(data, { recursive: true });
});

describe('findEngine', () => {
  it('takes the one that DOCKER_HOST names', async () => {
    const host = `unix://${data}/named.sock`;
    await startEngine(host, '27.1');
    expect(await findEngine({ DOCKER_HOST: host }, data)).toEqual({ host, version: '27.1' });
  });

  it('looks nowhere else when DOCKER_HOST is set', async () => {
    await startEngine(engineHost(engineDirectory(data)), '27.1');
    const host = `unix://${data}/absent.sock`;
    await expect(findEngine({ DOCKER_HOST: host }, data)).rejects.toThrow(
      `No Docker engine answers at DOCKER_HOST ${host}.`,
    );
  });
});

it.skipIf(process.getuid?.() === 0)('says that this user may not open the socket', async () => {
  const host = `unix://${data}/forbidden.sock`;
  await startEngine(host, '27.1');
  chmodSync(new URL(host).pathname, 0);
  await expect(findEngine({ DOCKER_HOST: host }, data)).rejects.toThrow(
    'has no permission for the Docker engine',
  );
});

describe('askEngine', () => {
  it("finds Longshore's own engine where it would be started", async () => {
    const host = engineHost(engineDirectory(data));
    await startEngine(host, '20.10');
    expect(await askEngine(host)).toEqual({ host, version: '20.10' });
  });

  it('finds none where nothing answers', async () => {
    expect(await askEngine(`unix://${data}/absent.sock`)).toBeUndefined();
  });
});

describe('engineRunDirectory', () => {
  it('lies in the directory', () => {
    expect(engineRunDirectory('/root/.longshore/engine')).toBe('/root/.longshore/engine/run');
  });

  it('lies elsewhere, apart for each directory, when a socket there would have too long a path', () => {
    const [one, other] = ['a', 'b'].map((name) => engineRunDirectory(`/${name.repeat(60)}/engine`));
    expect(one).toMatch(/^\/run\/longshore-[0-9a-f]{12}$/);
    expect(other).not.toBe(one);
  });
});
