// `longshore keys` against a server on a socket.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAccess } from '../../src/cli/access-file.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { longshore, longshoreWith, type Finished } from './longshore-command.ts';

const region = 'us-east-1';

let data: string;
let server: RunningServer;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'longshore-keys-'));
  server = await startServer({
    dataDirectory: data,
    host: '127.0.0.1',
    port: 0,
    accountId: '000000000000',
    region,
    stoppedTaskRetention: 3_600_000,
    healthyAfter: 1,
    throttling: 'off',
    cluster: 'default',
    log: silentLog,
    onFailure: (error) => {
      throw error;
    },
  });
  writeAccess(data, { ...server.controlPlane.administrator, endpoint: server.endpoint, region });
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true });
});

const keys = (...args: string[]): Promise<Finished> => longshore('keys', ...args, '--data', data);

test('keys of agents are made, and listed with their kind and cluster, in columns', async () => {
  const created = await keys('create', 'rack-7', '--for-agent', '--cluster', 'default');
  const [, id] = /^AWS_ACCESS_KEY_ID=(AKIA\w{16})\nAWS_SECRET_ACCESS_KEY=\S{40}\n$/.exec(created.stdout)!;
  const { stdout } = await keys('list');
  const [head, ...rows] = stdout.trimEnd().split('\n');
  const cells = rows.map((row) => row.split(/ {2,}/).slice(0, 5));
  expect(head!.split(/ {2,}/)).toEqual(['ACCESS KEY', 'USER', 'KIND', 'CLUSTER', 'STATUS', 'CREATED']);
  expect(cells).toContainEqual([id, 'rack-7', 'agent', 'default', 'Active']);
  expect(cells).toContainEqual([
    server.controlPlane.administrator.accessKeyId,
    'administrator',
    'root',
    '-',
    'Active',
  ]);
  for (const row of rows) expect(row.indexOf('Active')).toBe(head!.indexOf('STATUS'));
});

test('a cluster without --for-agent is refused, before anything is made', async () => {
  expect(await keys('create', '--cluster', 'default')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('give --for-agent too'),
  });
});

test('the key of an agent lists no keys, and its user is told why', async () => {
  const { stdout } = await keys('create', '--for-agent', '--json');
  const { accessKey } = JSON.parse(stdout) as {
    accessKey: { accessKeyId: string; secretAccessKey: string };
  };
  const variables = {
    AWS_ACCESS_KEY_ID: accessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKey.secretAccessKey,
    AWS_DEFAULT_REGION: region,
  };
  const refused = await longshoreWith(variables, 'keys', 'list', '--endpoint', server.endpoint);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not authorized to perform: longshore:ListAccessKeys on resource: *'),
  });
});
