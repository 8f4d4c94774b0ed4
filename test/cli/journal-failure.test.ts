// A server that can no longer save its state, because its files go or another keeps it now: it says so, once, and ends.
import { ECS } from '@aws-sdk/client-ecs';
import { STS } from '@aws-sdk/client-sts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ecsTargetPrefix } from '../../src/cli/client/longshore-client.ts';
import { readAccess } from '../../src/cli/access-file.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { callApi } from '../../src/wire/call-api.ts';
import { plainEnvironment } from '../../test-support/plain-environment.ts';
import { longshoreCommand } from './longshore-command.ts';

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'journal-failure-'))));
afterEach(() => rmSync(data, { recursive: true, force: true }));

function createCluster(): Promise<unknown> {
  const access = JSON.parse(readFileSync(join(data, 'access.json'), 'utf8')) as {
    endpoint: string;
    region: string;
    accessKeyId: string;
    secretAccessKey: string;
  };
  return callApi(
    {
      ...access,
      credentials: access,
      signingName: 'ecs',
      targetPrefix: ecsTargetPrefix,
      clock: systemClock,
    },
    'CreateCluster',
    { clusterName: 'lost' },
  );
}

it('says in one sentence that it can no longer write, and ends', async () => {
  const { file, args, env } = longshoreCommand();
  const child = spawn(file, [...args, 'server', '--data', data, '--port', '0', '--log-level', 'silent'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += String(part)));
  await once(child.stdout, 'data');
  rmSync(join(data, 'store.db'));
  await expect(createCluster()).rejects.toThrow();
  if (child.exitCode === null) await once(child, 'close');
  expect(stderr).toBe(
    `The data directory ${data} can no longer be written (${join(data, 'store.db')} was deleted or replaced while it was in use). ` +
      'Longshore stops, because it cannot store any more changes.\n',
  );
  expect(child.exitCode).toBe(1);
});

it('says in one sentence that another keeps its state, tells whoever waits in their own protocol, and ends', async () => {
  const program = fileURLToPath(new URL('./held-server.ts', import.meta.url));
  const child = spawn(process.execPath, [program, data], {
    env: plainEnvironment(),
    stdio: 'pipe',
    timeout: 60_000,
  });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => (stderr += String(part)));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  const heard = async (): Promise<string> => String((await lines.next()).value);
  const endpoint = await heard();
  const tell = (line: string): void => void child.stdin.write(`${line}\n`);
  const { accessKeyId, secretAccessKey } = readAccess(data);
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  };
  const [ecs, sts] = [new ECS(settings), new STS(settings)];
  await ecs.createCluster({ clusterName: 'kept' });
  tell('hold');
  expect(await heard()).toBe('hold');
  const waiting: Promise<unknown>[] = [];
  // The first is in memory and not saved, the second has seen it.
  for (const call of [() => ecs.createCluster({ clusterName: 'lost' }), () => sts.getCallerIdentity()]) {
    waiting.push(call().catch((error: unknown) => error));
    expect(await heard()).toBe('waits');
  }
  tell('lose');
  const told = (name: string) => ({
    name,
    $metadata: { httpStatusCode: 500 },
    message: expect.stringMatching(/^The server can no longer save its state and stops: its log says why\./),
  });
  expect(await Promise.all(waiting)).toMatchObject([told('ServerException'), told('InternalFailure')]);
  await closed;
  expect(stderr).toBe(
    'Another control plane keeps this state now (another control plane leads). ' +
      'Longshore stops, so that two never write it; nothing that was acknowledged is lost.\n',
  );
  expect(child.exitCode).toBe(1);
});
