// The stock AWS CLI against `longshore server --forward`, with a service elsewhere that knows another key.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsProgram, pathToAws } from '../../test-support/aws-program.ts';
import { forwardStub, stubCredentials, type ForwardStub } from '../../test-support/forward-stub.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { longshore, longshoreCommand } from './longshore-command.ts';

const run = promisify(execFile);
const buckets =
  '<?xml version="1.0"?><ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket><Name>photos</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>';

let directory: string;
let stub: ForwardStub;
let server: ChildProcess;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'longshore-forward-'));
  stub = await forwardStub(systemClock, ({ method }, response) =>
    method === 'GET' ? response.end(buckets) : response.writeHead(200, { etag: '"e"' }).end(),
  );
  const { accessKeyId, secretAccessKey } = stubCredentials;
  writeFileSync(
    join(directory, 'keys'),
    `[elsewhere]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  );
  const { file, args, env } = longshoreCommand();
  const flags = ['--data', join(directory, 'data'), '--port', '0', '--forward', `s3=${stub.url}`];
  server = spawn(
    file,
    [...args, 'server', ...flags, '--forward-credentials', `s3=elsewhere@${join(directory, 'keys')}`],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(server.stdout!, 'data');
});

afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
  await stub.close();
  rmSync(directory, { recursive: true });
});

const told = () => longshore('env', '--data', join(directory, 'data'));

const served = [
  ...['cloudtrail', 'ec2', 'ecr', 'ecs', 'elasticfilesystem', 'iam'],
  ...['kms', 'logs', 'secretsmanager', 'ssm', 'sts'],
];

it('`env` tells which services are where, in comments and in JSON', async () => {
  expect((await told()).stdout).toMatch(
    new RegExp(`unset .*\\n# served here: ${served.join(', ')}\\n# forwarded to ${stub.url}: s3\\n$`),
  );
  const { stdout } = await longshore('env', '--data', join(directory, 'data'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    variables: { AWS_REGION: 'us-east-1' },
    unset: ['AWS_SESSION_TOKEN', 'AWS_PROFILE'],
    served,
    forwarded: { s3: stub.url },
  });
});

describe.skipIf(awsProgram === undefined)('the AWS CLI', () => {
  /** In a shell that has evaluated what `env` printed, comments and all. */
  const aws = async (...args: string[]): Promise<string> => {
    const script = `eval "$1"; shift; exec aws "$@" --output json`;
    const settings = { PATH: pathToAws(), AWS_CONFIG_FILE: '/dev/null', AWS_MAX_ATTEMPTS: '1' };
    const { stdout } = await run('sh', ['-c', script, 'sh', (await told()).stdout, ...args], {
      env: { ...longshoreCommand().env, ...settings },
    });
    return stdout;
  };

  it('lists the buckets of a service elsewhere', async () => {
    expect(JSON.parse(await aws('s3api', 'list-buckets'))).toMatchObject({ Buckets: [{ Name: 'photos' }] });
    expect(stub.received.at(-1)).toMatchObject({ method: 'GET', signed: 's3 us-east-1 AKIAELSEWHERE' });
  });

  it('puts an object there', async () => {
    writeFileSync(join(directory, 'object'), 'content');
    const put = ['--bucket', 'photos', '--key', 'a b/ä', '--body', join(directory, 'object')];
    expect(JSON.parse(await aws('s3api', 'put-object', ...put))).toMatchObject({ ETag: '"e"' });
    const { target, body, signed } = stub.received.at(-1)!;
    expect([target, Buffer.from(body).toString(), signed]).toEqual([
      '/photos/a%20b/%C3%A4',
      'content',
      's3 us-east-1 AKIAELSEWHERE',
    ]);
  });

  it('is served what Longshore serves', async () => {
    expect(JSON.parse(await aws('ecs', 'list-clusters'))).toHaveProperty('clusterArns');
  });
});

it('a service that is served is refused at the start', async () => {
  const flags = ['--data', join(directory, 'other'), '--port', '0', '--forward', 'ecs=http://127.0.0.1:9'];
  expect(await longshore('server', ...flags)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'Longshore serves ecs itself, so its requests cannot be forwarded to http://127.0.0.1:9. Take ecs out of --forward.\n',
  });
});
