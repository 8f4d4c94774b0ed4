// `longshore trail` and the stock AWS CLI, of a server on a socket whose record of calls lies in a file.
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeAccess } from '../../src/cli/access-file.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { awsProgram } from '../../test-support/aws-program.ts';
import { longshore, longshoreInterrupted, type Finished } from './longshore-command.ts';

const region = 'us-east-1';
const data = mkdtempSync(join(tmpdir(), 'longshore-trail-'));
let server: RunningServer;
let ecs: ECS;

const start = async (): Promise<void> => {
  server = await startServer({
    dataDirectory: data,
    host: '127.0.0.1',
    port: 0,
    accountId: '000000000000',
    region,
    stoppedTaskRetention: 3_600_000,
    healthyAfter: 1,
    throttling: 'off',
    log: silentLog,
    onFailure: (error) => {
      throw error;
    },
  });
  const { endpoint, controlPlane } = server;
  writeAccess(data, { ...controlPlane.administrator, endpoint, region });
  ecs = new ECS({ endpoint, region, credentials: controlPlane.administrator });
};

beforeAll(async () => {
  await start();
  const { endpoint, controlPlane } = server;
  await ecs.createCluster({ clusterName: 'web' });
  const iam = new IAM({ endpoint, region, credentials: controlPlane.administrator });
  await iam.createUser({ UserName: 'ann' });
  const { AccessKey } = await iam.createAccessKey({ UserName: 'ann' });
  const credentials = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const ann = new ECS({ endpoint, region, credentials });
  await expect(ann.listClusters()).rejects.toThrow('not authorized');
});

afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true });
});

const trail = (...args: string[]): Promise<Finished> => longshore('trail', '--data', data, ...args);
/** Their time is left out. */
const lines = ({ stdout }: Finished): string[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\S+ +/, '').replaceAll(/ {2,}/g, ' '));

describe('longshore trail', () => {
  test('shows who called what, the oldest first, and what became of it', async () => {
    const shown = await trail();
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(lines(shown)).toEqual([
      'WHO EVENT WHAT ERROR',
      'administrator CreateCluster web',
      'administrator CreateUser ann',
      'administrator CreateAccessKey ann',
      'ann ListClusters - AccessDenied',
    ]);
    expect(statSync(join(data, 'bulk/trail.db')).mode & 0o777).toBe(0o600);
  });

  test.each([
    [['--user', 'ann'], ['ListClusters']],
    [['--event', 'CreateUser'], ['CreateUser']],
    [
      ['--service', 'iam'],
      ['CreateUser', 'CreateAccessKey'],
    ],
    [['--denied'], ['ListClusters']],
    [['--user', 'administrator', '--service', 'ecs', '--since', '1h'], ['CreateCluster']],
  ])('%j shows %j', async (args, names) => {
    const [, ...rows] = lines(await trail(...args));
    expect(rows.map((row) => row.split(' ')[1])).toEqual(names);
  });

  test('says what it leaves out, and that there is nothing', async () => {
    const newest = await trail('--limit', '1');
    expect(lines(newest).at(-1)).toBe('ann ListClusters - AccessDenied');
    expect(newest.stderr).toContain('Earlier calls are left out');
    expect(await trail('--user', 'bob')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'No such call is on record.\n',
    });
  });

  test('prints records as JSON, a line each', async () => {
    const { stdout } = await trail('--json', '--event', 'CreateAccessKey');
    expect(JSON.parse(stdout)).toMatchObject({
      eventSource: 'iam.amazonaws.com',
      sourceIPAddress: '127.0.0.1',
      requestParameters: { userName: 'ann' },
      responseElements: { accessKey: { secretAccessKey: 'HIDDEN_DUE_TO_SECURITY_REASONS' } },
    });
  });

  test('goes on with what comes, until Ctrl-C', async () => {
    const followed = longshoreInterrupted(/later-2/, 'trail', '-f', '--data', data, '--service', 'ecs');
    const calls = (async () => {
      for (const clusterName of ['later-1', 'later-2']) {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await ecs.createCluster({ clusterName });
      }
    })();
    const result = await followed;
    await calls;
    expect(result).toMatchObject({ code: 130, stderr: '' });
    expect(lines(result)).toEqual([
      'WHO EVENT WHAT ERROR',
      'administrator CreateCluster web',
      'ann ListClusters - AccessDenied',
      'administrator CreateCluster later-1',
      'administrator CreateCluster later-2',
    ]);
  });

  test('refuses what is no time and no number', async () => {
    expect(await trail('--since', 'yesterday')).toMatchObject({ code: 2 });
    expect(await trail('--limit', '0')).toMatchObject({ code: 2 });
  });
});

test.skipIf(awsProgram === undefined)('the AWS CLI looks events up', async () => {
  const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
  const args = ['cloudtrail', 'lookup-events', '--max-items', '1', '--output', 'json', '--lookup-attributes'];
  const { stdout } = await promisify(execFile)(
    awsProgram!,
    [...args, 'AttributeKey=ResourceName,AttributeValue=ann'],
    {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: server.endpoint,
        AWS_DEFAULT_REGION: region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
      },
    },
  );
  const { Events, NextToken } = JSON.parse(stdout) as { Events: object[]; NextToken?: string };
  expect(Events).toEqual([
    expect.objectContaining({ EventName: 'CreateAccessKey', Username: 'administrator' }),
  ]);
  expect(NextToken).toBeDefined();
});

test('what was answered last before a clean stop is on record after it', async () => {
  await ecs.createCluster({ clusterName: 'last' });
  await server.stop();
  await start();
  const [, ...rows] = lines(await trail('--limit', '1'));
  expect(rows).toEqual(['administrator CreateCluster last']);
});
