// A server whose files go while it runs: it says so, once, and ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ecsTargetPrefix } from '../../src/cli/client/longshore-client.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { callApi } from '../../src/wire/call-api.ts';
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
