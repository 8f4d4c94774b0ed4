import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { dockerRuntime } from './docker.ts';

/** An engine that makes every container, and what it was asked. */
async function engine(): Promise<{ host: string; requests: { url: string; body: unknown }[] }> {
  const requests: { url: string; body: unknown }[] = [];
  const server = createServer((incoming, response) => {
    void incoming.toArray().then((chunks) => {
      requests.push({
        url: incoming.url ?? '',
        body: JSON.parse(Buffer.concat(chunks as Buffer[]).toString()),
      });
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"Id":"abc"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

test('a container is described in the body alone: URLs end up in logs', async () => {
  const { host, requests } = await engine();
  const runtime = dockerRuntime({
    host,
    clock: new VirtualClock(),
    random: seededRandom(1),
    log: silentLog,
  });
  const made = await runtime.create({
    name: 'web-1',
    image: 'busybox',
    config: { Env: ['PASSWORD=secret'], Labels: { a: 'b' } },
    hostConfig: { Memory: 4096 },
  });
  expect(made).toEqual({ id: 'abc' });
  expect(requests).toEqual([
    {
      url: '/containers/create?name=web-1',
      body: { Image: 'busybox', Env: ['PASSWORD=secret'], Labels: { a: 'b' }, HostConfig: { Memory: 4096 } },
    },
  ]);
});
