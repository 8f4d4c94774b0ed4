// AWS Security Token Service, called by its own client of the AWS SDK.
import {
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  DecodeAuthorizationMessageCommand,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notAllowed } from '../../../src/wire/authorise.ts';
import type { HttpRequest } from '../../../src/wire/http.ts';
import { sign } from '../../../src/wire/sigv4/sign.ts';
import { emptySts } from '../../../test-support/empty-sts.ts';
import { EcsRig, account } from '../../../test-support/ecs-rig.ts';
import { credentials, fakeHandler } from '../../../test-support/fake-api.ts';
import { requestHandler } from '../../../test-support/sdk-client.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  // The SDK signs with the machine's clock.
  vi.useFakeTimers({ toFake: ['Date'], now: rig.clock.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const client = (region = 'us-east-1', tamper?: (request: HttpRequest) => HttpRequest): STSClient => {
  const { accessKeyId, secretAccessKey } = rig.controlPlane.administrator;
  return new STSClient({
    region,
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    requestHandler: requestHandler(rig.controlPlane.handle, tamper) as NonNullable<
      STSClientConfig['requestHandler']
    >,
  });
};

describe('GetCallerIdentity', () => {
  it('tells whose key signed', async () => {
    const reply = await client().send(new GetCallerIdentityCommand({}));
    expect(reply).toMatchObject({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/administrator`,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    });
    expect(reply.$metadata).toMatchObject({
      httpStatusCode: 200,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('tells the same user in every partition, by an ARN of that partition', async () => {
    const [here, there] = await Promise.all(
      ['us-east-1', 'cn-north-1'].map((region) => client(region).send(new GetCallerIdentityCommand({}))),
    );
    expect(there!.Arn).toBe(`arn:aws-cn:iam::${account}:user/administrator`);
    expect(there!.UserId).toBe(here!.UserId);
  });

  it('may be called with GET', async () => {
    const request = {
      method: 'GET',
      target: '/?Action=GetCallerIdentity&Version=2011-06-15',
      headers: { host: 'h' },
      body: new Uint8Array(),
    };
    const credentials = rig.controlPlane.administrator;
    const signed = sign(request, {
      credentials,
      region: 'us-east-1',
      signingName: 'sts',
      now: rig.clock.now(),
    });
    const { status, body } = await rig.controlPlane.handle(signed);
    expect(status).toBe(200);
    expect(body).toContain(
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>',
    );
  });

  it('is refused to a signature that does not hold', async () => {
    const sent = client('us-east-1', (request) => ({
      ...request,
      body: Buffer.from(`${String(request.body)}&x=1`),
    }));
    await expect(sent.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: expect.stringMatching(/^SignatureDoesNotMatch|InvalidSignatureException$/),
      message: expect.stringMatching(/signature|x-amz-content-sha256/),
      $metadata: { httpStatusCode: 403 },
    });
  });
});

it('is refused in its own words to a caller that may not ask', async () => {
  const { handle } = fakeHandler({
    apis: [await emptySts()],
    authorise: ({ action }) => notAllowed(action, '*'),
  });
  const refused = new STSClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials,
    maxAttempts: 1,
    requestHandler: requestHandler(handle) as NonNullable<STSClientConfig['requestHandler']>,
  });
  await expect(refused.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::123456789012:user/admin is not authorized to perform: sts:GetCallerIdentity on resource: * ' +
      'because no identity-based policy allows the sts:GetCallerIdentity action',
    $metadata: { httpStatusCode: 403 },
  });
});

describe('what is not there of it', () => {
  it('is refused in words that the client can read', async () => {
    const decode = new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' });
    await expect(client().send(decode)).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'Longshore does not serve the operation DecodeAuthorizationMessage of sts.',
    });
  });

  it('is refused by its name also where AWS wants no signature', async () => {
    const RoleArn = `arn:aws:iam::${account}:role/r`;
    const calls = [
      ['AssumeRoleWithWebIdentity', { RoleArn, RoleSessionName: 's1', WebIdentityToken: 'token' }],
      ['AssumeRoleWithSAML', { RoleArn, PrincipalArn: RoleArn, SAMLAssertion: 'assertion' }],
    ] as const;
    for (const [name, input] of calls) {
      const command =
        name === 'AssumeRoleWithSAML'
          ? new AssumeRoleWithSAMLCommand(input)
          : new AssumeRoleWithWebIdentityCommand(input);
      await expect(client().send(command as AssumeRoleWithSAMLCommand)).rejects.toMatchObject({
        name: 'InvalidAction',
        message: `Longshore does not serve the operation ${name} of sts.`,
      });
    }
  });

  it.each([
    ['', 'The parameter Action, which names the operation, is missing.'],
    ['Action=', 'Action is not an operation of this API.'],
    ['Action=toString&Version=1', 'Action is not an operation of this API.'],
  ])('is told of the form %j', async (form, message) => {
    const rewrite = (request: HttpRequest): HttpRequest => {
      const { accessKeyId, secretAccessKey } = rig.controlPlane.administrator;
      const { authorization: _, 'x-amz-content-sha256': _hash, ...headers } = request.headers;
      return sign(
        { ...request, headers, body: Buffer.from(form) },
        {
          credentials: { accessKeyId, secretAccessKey },
          region: 'us-east-1',
          signingName: 'sts',
          now: rig.clock.now(),
        },
      );
    };
    await expect(client('us-east-1', rewrite).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message,
    });
  });
});
