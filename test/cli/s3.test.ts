// The stock AWS CLI and S3 of a server on a socket, whose objects lie in files.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { startServer, type RunningServer } from '../../src/server.ts';
import { awsProgram } from '../../test-support/aws-program.ts';

const run = promisify(execFile);
const twentyMegabytes = 20 * 1024 ** 2;

describe.skipIf(awsProgram === undefined)('the AWS CLI', { timeout: 120_000 }, () => {
  let server: RunningServer;
  let directory: string;
  const path = (name: string): string => join(directory, name);

  const environment = (): NodeJS.ProcessEnv => {
    const { accessKeyId, secretAccessKey } = server.controlPlane.administrator;
    return {
      ...process.env,
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
  };
  const aws = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(awsProgram!, args, { env: environment() });
    return stdout.trim();
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'longshore-s3-'));
    server = await startServer({
      dataDirectory: join(directory, 'data'),
      host: '127.0.0.1',
      port: 0,
      accountId: '000000000000',
      region: 'us-east-1',
      stoppedTaskRetention: 3_600_000,
      healthyAfter: 1,
      throttling: 'off',
      log: silentLog,
      onFailure: (error) => {
        throw error;
      },
    });
    await aws('s3', 'mb', 's3://box');
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  it('takes a large file in parts, and gives it back', async () => {
    const content = randomBytes(twentyMegabytes);
    writeFileSync(path('large'), content);
    await aws('s3', 'cp', path('large'), 's3://box/deep/large file');
    const head = JSON.parse(
      await aws('s3api', 'head-object', '--bucket', 'box', '--key', 'deep/large file'),
    ) as {
      readonly ETag: string;
    };
    expect(head).toMatchObject({ ContentLength: twentyMegabytes, ETag: expect.stringMatching(/-3"$/) });
    await aws('s3', 'cp', 's3://box/deep/large file', path('back'));
    expect(readFileSync(path('back')).equals(content)).toBe(true);
    await aws('s3', 'cp', 's3://box/deep/large file', 's3://box/copy');
    await aws('s3', 'cp', 's3://box/copy', path('back'));
    expect(readFileSync(path('back')).equals(content)).toBe(true);
  });

  it('brings a directory in and out, lists and removes', async () => {
    mkdirSync(path('tree/sub'), { recursive: true });
    writeFileSync(path('tree/one.txt'), 'one');
    writeFileSync(path('tree/sub/two+ü.txt'), 'two');
    await aws('s3', 'sync', path('tree'), 's3://box/tree');
    expect(await aws('s3', 'sync', path('tree'), 's3://box/tree')).toBe('');
    expect(await aws('s3', 'ls', 's3://box/tree/')).toMatch(/PRE sub\/\n.* 3 one\.txt/);
    await aws('s3', 'sync', 's3://box/tree', path('out'));
    expect(readFileSync(path('out/sub/two+ü.txt'), 'utf8')).toBe('two');
    await aws('s3', 'rm', '--recursive', 's3://box/tree');
    expect(await aws('s3', 'ls', 's3://box/', '--recursive')).not.toContain('tree');
  });

  it('signs a URL that anybody can read, until it ends', async () => {
    writeFileSync(path('note'), 'a note');
    await aws('s3', 'cp', path('note'), 's3://box/note');
    const url = await aws('s3', 'presign', 's3://box/note', '--expires-in', '60');
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('a note');
    const other = await fetch(url.replace('/note', '/copy'));
    expect(other.status).toBe(403);
    expect(await other.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect((await fetch(`${server.endpoint}/box/note`)).status).toBe(403);
  });

  it('leaves no file behind, once the bucket is gone', async () => {
    await aws('s3', 'rb', '--force', 's3://box');
    await server.controlPlane.store.durable();
    const objects = path('data/s3/objects');
    const files = () =>
      readdirSync(objects, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    await expect.poll(() => files().length, { timeout: 10_000 }).toBe(0);
    expect(existsSync(path('data/bulk/s3.db'))).toBe(true);
  });
});
