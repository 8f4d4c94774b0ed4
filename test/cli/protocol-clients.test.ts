// Each protocol with the stock AWS CLI, against the handler on a socket: what it sends is what an operation gets. What it makes of
// operations that are not served is in aws-cli.test.ts, and with the SDK in test/wire/protocol-clients.test.ts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { awsCommands, type AwsCommands, type AwsFailure } from '../../test-support/aws-many.ts';
import { awsProgram } from '../../test-support/aws-program.ts';
import { emptySts } from '../../test-support/empty-sts.ts';
import { ApiError } from '../../src/wire/errors.ts';
import { listen, type Listening } from '../../src/wire/listen.ts';
import { ScriptedApis } from '../../test-support/apis/scripted-apis.ts';
import { credentials, fakeHandler } from '../../test-support/fake-api.ts';

// A call takes a second, on a machine that does nothing else.
describe.skipIf(awsProgram === undefined)('the AWS CLI', { timeout: 120_000 }, () => {
  const scripted = new ScriptedApis();
  let server: Listening;
  let directory: string;
  let cli: AwsCommands;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'longshore-cli-'));
    const clock = systemClock;
    const { handle } = fakeHandler({ apis: [...scripted.apis, await emptySts()], clock });
    server = await listen({ handle, host: '127.0.0.1', port: 0, clock });
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    cli = awsCommands({
      ...Object.fromEntries(own),
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_MAX_ATTEMPTS: '1',
    });
  });
  afterAll(async () => {
    await cli.close();
    await server.close();
    rmSync(directory, { recursive: true });
  });

  /** What a command prints, as JSON; undefined where it prints nothing. */
  const aws = async (...args: readonly string[]): Promise<unknown> => {
    const stdout = await cli.run(...args, '--output', 'json');
    return stdout === '' ? undefined : (JSON.parse(stdout) as unknown);
  };
  const refusal = (...args: readonly string[]): Promise<string> =>
    aws(...args).then(
      () => 'no error',
      (error: unknown) => (error as AwsFailure).stderr.trim(),
    );
  const file = (name: string, content = ''): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  const input = (): unknown => scripted.input.at(-1);
  const time = '2026-02-03T04:05:06Z';
  const seconds = Date.parse(time) / 1000;

  test('sts, by query', async () => {
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
  });

  test('ec2, by ec2-query', async () => {
    scripted.answer = { KeyPairs: [{ KeyName: 'a', CreateTime: seconds, Tags: [{ Key: 'k', Value: 'v' }] }] };
    const filters = '[{"Name":"tag:k","Values":["v","w"]}]';
    const reply = await aws('ec2', 'describe-key-pairs', '--key-names', 'a', 'b', '--filters', filters);
    expect(input()).toEqual({ KeyNames: ['a', 'b'], Filters: [{ Name: 'tag:k', Values: ['v', 'w'] }] });
    expect(reply).toMatchObject({
      KeyPairs: [
        {
          KeyName: 'a',
          CreateTime: expect.stringContaining('2026-02-03T04:05:06'),
          Tags: [{ Key: 'k', Value: 'v' }],
        },
      ],
    });
    scripted.answer = new ApiError('InvalidKeyPair.NotFound', 'Not here.');
    expect(await refusal('ec2', 'describe-key-pairs')).toMatch(/\(InvalidKeyPair\.NotFound\) .*Not here\./);
  });

  test('lambda, by rest-json', async () => {
    scripted.answer = { StatusCode: 200, ExecutedVersion: '7', Payload: Buffer.from('{"ok":true}') };
    const out = file('out');
    const payload = `fileb://${file('payload', '{"in":1}')}`;
    const args = ['--function-name', 'f:g', '--qualifier', '7', '--payload', payload, out];
    expect(await aws('lambda', 'invoke', ...args)).toEqual({ StatusCode: 200, ExecutedVersion: '7' });
    expect(input()).toEqual({ FunctionName: 'f:g', Qualifier: '7', Payload: Buffer.from('{"in":1}') });
    expect(readFileSync(out, 'utf8')).toBe('{"ok":true}');
    scripted.answer = new ApiError('ResourceNotFoundException', 'Not here.', 404, { Type: 'User' });
    expect(await refusal('lambda', 'invoke', ...args)).toMatch(/\(ResourceNotFoundException\) .*Not here\./);
  });

  test('s3, by rest-xml', async () => {
    scripted.answer = { ETag: '"tag"' };
    const body = file('body', 'content');
    const put = [
      'put-object',
      '--bucket',
      'bucket',
      '--key',
      'a/b c.txt',
      '--body',
      body,
      '--metadata',
      'one=x',
    ];
    expect(await aws('s3api', ...put)).toEqual({ ETag: '"tag"' });
    expect(input()).toMatchObject({
      Bucket: 'bucket',
      Key: 'a/b c.txt',
      Body: Buffer.from('content'),
      Metadata: { one: 'x' },
    });
    scripted.answer = {
      Deleted: [{ Key: 'a' }],
      Errors: [{ Key: 'c', Code: 'AccessDenied', Message: 'No.' }],
    };
    const objects = '{"Objects":[{"Key":"a"},{"Key":"c"}]}';
    expect(await aws('s3api', 'delete-objects', '--bucket', 'bucket', '--delete', objects)).toEqual(
      scripted.answer,
    );
    expect(input()).toMatchObject({ Delete: { Objects: [{ Key: 'a' }, { Key: 'c' }] } });
  });

  test('cloudwatch, by whichever it prefers', async () => {
    scripted.answer = {
      MetricDataResults: [{ Id: 'q', Timestamps: [seconds], Values: [0.5] }],
      Messages: [],
    };
    const queries = '[{"Id":"q","Expression":"1"}]';
    const reply = await aws(
      ...['cloudwatch', 'get-metric-data', '--metric-data-queries', queries],
      ...['--start-time', time, '--end-time', time],
    );
    expect(input()).toMatchObject({
      MetricDataQueries: [{ Id: 'q', Expression: '1' }],
      StartTime: seconds,
      EndTime: seconds,
    });
    expect(reply).toMatchObject({ MetricDataResults: [{ Id: 'q', Values: [0.5] }] });
  });
});
