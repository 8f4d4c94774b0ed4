import {
  DeleteClusterCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  RunTaskCommand,
  StopTaskCommand,
  type ECSServiceException,
} from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HttpRequest } from '../../src/wire/http.ts';
import { credentials, fakeHandler } from '../../test-support/fake-api.ts';
import { sdkClient } from '../../test-support/sdk-client.ts';

/** What the SDK makes of the reply to `ListClusters` when the request is changed on its way. */
async function refusal(
  tamper: (request: HttpRequest) => HttpRequest,
  keys = credentials,
): Promise<ECSServiceException> {
  const { handle, clock } = fakeHandler();
  const client = sdkClient(handle, keys, { clock, tamper });
  return client.send(new ListClustersCommand({ maxResults: 5 })).then(
    () => expect.fail('the request was accepted'),
    (error: unknown) => error as ECSServiceException,
  );
}

function withHeaders(change: Readonly<Record<string, string | undefined>>) {
  return (request: HttpRequest): HttpRequest => {
    const headers = Object.entries({ ...request.headers, ...change }).filter(
      ([, value]) => value !== undefined,
    );
    return { ...request, headers: Object.fromEntries(headers) as Record<string, string> };
  };
}

function mapAuthorization(change: (text: string) => string) {
  return (request: HttpRequest): HttpRequest =>
    withHeaders({ authorization: change(request.headers.authorization!) })(request);
}

describe('the SDK against the handler', () => {
  it('is let in as the key, account and region that it signs with', async () => {
    const { handle, clock } = fakeHandler();
    const client = sdkClient(handle, credentials, { clock, region: 'eu-west-3' });
    const reply = await client.send(new ListClustersCommand({}));
    expect(reply.clusterArns).toEqual([
      'arn:aws:ecs:eu-west-3:123456789012:cluster/arn:aws:iam::123456789012:user/admin',
    ]);
    expect(reply.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('passes a whole input through unchanged', async () => {
    const { handle, clock } = fakeHandler();
    const input = {
      taskDefinition: 'web:3',
      count: 2,
      launchType: 'EC2' as const,
      enableExecuteCommand: false,
      clientToken: 'token',
      tags: [{ key: 'größe', value: '✓' }],
      overrides: { containerOverrides: [{ name: 'app', environment: [{ name: 'A', value: '' }] }] },
    };
    const reply = await sdkClient(handle, credentials, { clock }).send(new RunTaskCommand(input));
    expect(JSON.parse(reply.failures![0]!.reason!)).toEqual(input);
  });

  it('sends and accepts a session token where the lookup does', async () => {
    const seen: unknown[] = [];
    const { handle, clock } = fakeHandler({
      lookupAccessKey: (accessKeyId, sessionToken) => {
        seen.push(sessionToken);
        return { secretAccessKey: credentials.secretAccessKey, accountId: '1', principalArn: accessKeyId };
      },
    });
    const client = sdkClient(handle, { ...credentials, sessionToken: 'token==' }, { clock });
    await client.send(new ListClustersCommand({}));
    expect(seen).toEqual(['token==']);
  });

  it('keeps working as virtual time goes on', async () => {
    const { handle, clock } = fakeHandler();
    const client = sdkClient(handle, credentials, { clock });
    await client.send(new ListClustersCommand({}));
    await clock.advance(48 * 3600_000);
    await expect(client.send(new ListClustersCommand({}))).resolves.toBeDefined();
  });

  it('gets a modelled error with its fields', async () => {
    const { handle, clock } = fakeHandler();
    const error = await sdkClient(handle, credentials, { clock })
      .send(new DeleteClusterCommand({ cluster: 'c' }))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'ConflictException',
      message: 'Taken.',
      resourceIds: ['a', 'b'],
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('gets ServerException, and nothing of the cause, for a bug', async () => {
    const { handle, clock } = fakeHandler();
    const error = await sdkClient(handle, credentials, { clock })
      .send(new StopTaskCommand({ task: 't' }))
      .catch((thrown: unknown) => thrown as ECSServiceException);
    expect(error).toMatchObject({ name: 'ServerException', $metadata: { httpStatusCode: 500 } });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('gets UnknownOperationException for an operation of the model that is not served', async () => {
    const { handle, clock } = fakeHandler();
    await expect(
      sdkClient(handle, credentials, { clock }).send(new DescribeClustersCommand({})),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Longshore does not serve the operation DescribeClusters of ecs.',
    });
  });
});

describe('a request that must not pass', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Sends with a signer's clock that is `minutes` ahead of the server's. */
  function sendAhead(minutes: number) {
    const { handle, clock } = fakeHandler();
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now() + minutes * 60_000 });
    return sdkClient(handle, credentials).send(new ListClustersCommand({}));
  }

  it('unsigned', async () => {
    const error = await refusal(withHeaders({ authorization: undefined }));
    expect(error).toMatchObject({
      name: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('unsigned, and of no known operation', async () => {
    const error = await refusal(withHeaders({ authorization: undefined, 'x-amz-target': 'No.Such' }));
    expect(error.name).toBe('MissingAuthenticationTokenException');
  });

  it('signed with another secret', async () => {
    const error = await refusal((request) => request, { ...credentials, secretAccessKey: 'wrong' });
    expect(error.name).toBe('InvalidSignatureException');
    expect(error.message).toMatch(/^The request signature we calculated does not match/);
  });

  it('signed with an unknown key', async () => {
    const error = await refusal((request) => request, { ...credentials, accessKeyId: 'AKIAOTHER' });
    expect(error).toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  it.each([
    ['body', (request: HttpRequest) => ({ ...request, body: Buffer.from('{"maxResults":6}') })],
    ['target', withHeaders({ 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DeleteCluster' })],
    ['host', withHeaders({ host: 'elsewhere' })],
    ['path', (request: HttpRequest) => ({ ...request, target: '/other' })],
    ['query', (request: HttpRequest) => ({ ...request, target: '/?a=b' })],
    ['method', (request: HttpRequest) => ({ ...request, method: 'PUT' })],
    ['signature', mapAuthorization((text) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0')))],
  ])('changed on its way: %s', async (_, tamper) => {
    const error = await refusal(tamper);
    expect(error.name).toBe('InvalidSignatureException');
    expect(error.message).not.toMatch(/[0-9a-f]{64}/);
  });

  it('more than five minutes old', async () => {
    await expect(sendAhead(-5)).resolves.toBeDefined();
    await expect(sendAhead(-6)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message:
        'Signature expired: 20251231T235400Z is now earlier than 20251231T235500Z (20260101T000000Z - 5 min.)',
    });
  });

  it('more than five minutes ahead', async () => {
    await expect(sendAhead(5)).resolves.toBeDefined();
    await expect(sendAhead(6)).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message:
        'Signature not yet current: 20260101T000600Z is still later than 20260101T000500Z (20260101T000000Z + 5 min.)',
    });
  });

  it.each([
    ['no Signature', (text: string) => text.replace(/, Signature=.*/, ''), /requires 'Signature' parameter/],
    ['no Credential', (text: string) => text.replace(/Credential=[^,]*, /, ''), /requires 'Credential'/],
    [
      'no SignedHeaders',
      (text: string) => text.replace(/SignedHeaders=[^,]*, /, ''),
      /requires 'SignedHeaders'/,
    ],
    ['the algorithm alone', () => 'AWS4-HMAC-SHA256', /'Credential'.*'SignedHeaders'.*'Signature'/],
    ['another scheme', () => 'Bearer abc', /Unsupported AWS 'algorithm'/],
    ['a short credential', (text: string) => text.replace('/aws4_request', ''), /exactly 5 slash-delimited/],
    ['host not signed', (text: string) => text.replace('host;', ''), /'Host' must be a 'SignedHeader'/],
    ['target not signed', (text: string) => text.replace(';x-amz-target', ''), /'x-amz-target' must be/],
  ])('a truncated Authorization: %s', async (_, change, message) => {
    const error = await refusal(mapAuthorization(change));
    expect(error).toMatchObject({
      name: 'IncompleteSignatureException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it.each([
    ['service', (text: string) => text.replace('/ecs/', '/s3/'), /correct service: 'ecs'\.$/],
    ['region', (text: string) => text.replace('us-east-1', 'us:east'), /a valid region/],
    ['day', (text: string) => text.replace('/20260101/', '/20260102/'), /does not match YYYYMMDD/],
    ['terminator', (text: string) => text.replace('aws4_request', 'aws5_request'), /valid terminator/],
  ])('scoped to another %s', async (_, change, message) => {
    const error = await refusal(mapAuthorization(change));
    expect(error).toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(message),
    });
  });

  it('without a date, or with one of another form', async () => {
    const without = await refusal(withHeaders({ 'x-amz-date': undefined }));
    expect(without.message).toMatch(/existence of either a 'X-Amz-Date' or a 'Date' header/);
    const other = await refusal(withHeaders({ 'x-amz-date': '2026-01-01T00:00:00Z' }));
    expect(other).toMatchObject({
      name: 'IncompleteSignatureException',
      message: expect.stringMatching(/'basic format'/),
    });
  });

  it('whose stated payload hash is not that of its body', async () => {
    const error = await refusal((request) => ({ ...request, body: Buffer.from('{}') }));
    expect(error.name).toBe('InvalidSignatureException');
    const unsigned = await refusal(withHeaders({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }));
    expect(['InvalidSignatureException', 'IncompleteSignatureException']).toContain(unsigned.name);
  });
});
