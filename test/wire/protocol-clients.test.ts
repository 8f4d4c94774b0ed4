// Each protocol with the AWS SDK's own clients: what they send is what an operation gets, what it answers is what they read.
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { DescribeKeyPairsCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  DeleteObjectsCommand,
  CreateBucketMetadataConfigurationCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DecodeAuthorizationMessageCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySts } from '../../test-support/empty-sts.ts';
import { ApiError } from '../../src/wire/errors.ts';
import type { Handle } from '../../src/wire/http.ts';
import { ScriptedApis } from '../../test-support/apis/scripted-apis.ts';
import { credentials, fakeHandler } from '../../test-support/fake-api.ts';
import { noStore } from '../../test-support/no-store.ts';
import { requestHandler } from '../../test-support/sdk-client.ts';

let scripted: ScriptedApis;
let handle: Handle;
beforeEach(async () => {
  scripted = new ScriptedApis();
  const served = fakeHandler({ apis: [...scripted.apis, await emptySts()] });
  handle = served.handle;
  // The SDK signs with the machine's clock.
  vi.useFakeTimers({ toFake: ['Date'], now: served.clock.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const settings = () => ({
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:4566',
  credentials,
  maxAttempts: 1,
  requestHandler: requestHandler(handle) as never,
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const at = new Date('2026-02-03T04:05:06Z');
const seconds = at.getTime() / 1000;
const received = (): unknown => scripted.input.at(-1);

describe('query: sts', () => {
  it('answers, and tells what is not served', async () => {
    const sts = new STSClient(settings());
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' });
    await expect(
      sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x' })),
    ).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'Longshore does not serve the operation DecodeAuthorizationMessage of sts.',
    });
  });
});

describe('ec2-query: ec2', () => {
  it('takes lists of structures and answers them, with times', async () => {
    scripted.answer = {
      KeyPairs: [
        { KeyName: 'a <b>', CreateTime: seconds, Tags: [{ Key: 'k', Value: '' }], KeyType: 'rsa' },
        { KeyName: 'c' },
      ],
    };
    const input = {
      KeyNames: ['a', 'b & c'],
      DryRun: false,
      Filters: [{ Name: 'tag:k', Values: ['v', 'w'] }, { Name: 'key-name' }],
    };
    const reply = await new EC2Client(settings()).send(new DescribeKeyPairsCommand(input));
    expect(received()).toEqual(input);
    expect(reply.KeyPairs).toEqual([
      { KeyName: 'a <b>', CreateTime: at, Tags: [{ Key: 'k', Value: '' }], KeyType: 'rsa' },
      { KeyName: 'c' },
    ]);
  });

  it('takes and answers nothing at all', async () => {
    const reply = await new EC2Client(settings()).send(new DescribeKeyPairsCommand({}));
    expect(received()).toEqual({});
    expect(reply.KeyPairs).toBeUndefined();
  });

  it('tells errors', async () => {
    const ec2 = new EC2Client(settings());
    scripted.answer = new ApiError('InvalidKeyPair.NotFound', 'The key pair does not exist.');
    await expect(ec2.send(new DescribeKeyPairsCommand({}))).rejects.toMatchObject({
      name: 'InvalidKeyPair.NotFound',
      message: 'The key pair does not exist.',
    });
    await expect(ec2.send(new DescribeVolumesCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: 'Longshore does not serve the operation DescribeVolumes of ec2.',
    });
  });
});

describe('rest-json: lambda', () => {
  it('takes structures, lists, maps and bytes in JSON', async () => {
    scripted.answer = {
      FunctionName: 'f',
      CodeSize: 12,
      Environment: { Variables: { A: 'x' } },
      Architectures: ['arm64'],
    };
    const input = {
      FunctionName: 'f',
      Role: 'arn:aws:iam::1:role/r',
      Code: { ZipFile: bytes('zip') },
      Timeout: 3,
      Publish: false,
      Description: '',
      Architectures: ['arm64' as const],
      Environment: { Variables: { A: 'x', B: '' } },
      Layers: [],
    };
    const reply = await new LambdaClient(settings()).send(new CreateFunctionCommand(input));
    expect(received()).toEqual({ ...input, Code: { ZipFile: Buffer.from('zip') } });
    expect(reply).toMatchObject({ ...(scripted.answer as object), $metadata: { httpStatusCode: 201 } });
  });

  it('takes path, query, headers and a body by itself', async () => {
    scripted.answer = { StatusCode: 202, ExecutedVersion: '7', Payload: Buffer.from('{"ok":true}') };
    const reply = await new LambdaClient(settings()).send(
      new InvokeCommand({
        FunctionName: 'a/b c+ü',
        InvocationType: 'RequestResponse',
        Qualifier: '7&8',
        Payload: bytes('{"in":1}'),
      }),
    );
    expect(received()).toEqual({
      FunctionName: 'a/b c+ü',
      InvocationType: 'RequestResponse',
      Qualifier: '7&8',
      Payload: Buffer.from('{"in":1}'),
    });
    expect(reply).toMatchObject({ StatusCode: 202, ExecutedVersion: '7' });
    expect(Buffer.from(reply.Payload!).toString()).toBe('{"ok":true}');
  });

  it('tells errors with their members', async () => {
    const lambda = new LambdaClient(settings());
    scripted.answer = new ApiError('ResourceNotFoundException', 'Not here.', 404, { Type: 'User' });
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Not here.',
      Type: 'User',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(
      lambda.send(
        new CreateFunctionCommand({ FunctionName: 'f', Role: 'r', Code: {}, Runtime: 'no' as never }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(/^Runtime should be one of \[/),
    });
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'Longshore does not serve the operation of lambda that GET /2015-03-31/functions/f calls.',
    });
  });
});

describe('rest-xml: s3', () => {
  const s3 = () => new S3Client({ ...settings(), forcePathStyle: true });

  it('takes a body by itself, with headers of every kind', async () => {
    scripted.answer = { ETag: '"tag"', VersionId: 'v' };
    const reply = await s3().send(
      new PutObjectCommand({
        Bucket: 'bucket',
        Key: 'a/b c+ü.txt',
        Body: bytes('content'),
        ContentType: 'text/plain',
        Expires: at,
        Metadata: { one: 'x', two: 'ü' },
        ObjectLockRetainUntilDate: at,
      }),
    );
    expect(received()).toMatchObject({
      Bucket: 'bucket',
      Key: 'a/b c+ü.txt',
      Body: Buffer.from('content'),
      ContentType: 'text/plain',
      Metadata: { one: 'x', two: 'ü' },
      ObjectLockRetainUntilDate: seconds,
      ContentLength: 7,
    });
    expect(reply).toMatchObject({ ETag: '"tag"', VersionId: 'v' });
  });

  it('takes and answers XML, with lists that are flattened', async () => {
    scripted.answer = {
      Deleted: [{ Key: 'a', DeleteMarker: true }, { Key: ' b ' }],
      Errors: [{ Key: 'c', Code: 'AccessDenied', Message: 'No <way>.' }],
    };
    const Delete = { Objects: [{ Key: 'a', VersionId: '1' }, { Key: 'c' }], Quiet: false };
    const reply = await s3().send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete }));
    expect(received()).toMatchObject({ Bucket: 'bucket', Delete });
    expect(reply).toMatchObject(scripted.answer);
  });

  it('tells errors', async () => {
    scripted.answer = new ApiError('NoSuchBucket', 'The bucket is not here.', 404);
    const put = new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body: bytes('') });
    await expect(s3().send(put)).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The bucket is not here.',
      $metadata: { httpStatusCode: 404 },
    });
    const metadata = new CreateBucketMetadataConfigurationCommand({
      Bucket: 'bucket',
      MetadataConfiguration: { JournalTableConfiguration: { RecordExpiration: { Expiration: 'DISABLED' } } },
    });
    await expect(s3().send(metadata)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Longshore does not serve the operation of s3 that POST /bucket/ calls.',
    });
  });
});

describe.each([
  ['json-1.0', {}],
  ['rpc-v2-cbor', { protocol: SmithyRpcV2CborProtocol }],
] as const)('%s: cloudwatch', (_, protocol) => {
  const cloudwatch = () => new CloudWatchClient({ ...settings(), ...(protocol as object) });

  it('takes times, numbers and lists', async () => {
    const input = {
      Namespace: 'Test',
      MetricData: [
        { MetricName: 'm', Timestamp: at, Value: 0.5, Dimensions: [{ Name: 'd', Value: 'x' }] },
        { MetricName: 'n', Values: [1, 2.25], Counts: [1, 3], StorageResolution: 1, Unit: 'Count' as const },
      ],
      StrictEntityValidation: false,
    };
    await cloudwatch().send(new PutMetricDataCommand(input));
    const [first, second] = input.MetricData;
    expect(received()).toEqual({ ...input, MetricData: [{ ...first, Timestamp: seconds }, second] });
  });

  it('answers times and numbers', async () => {
    scripted.answer = {
      MetricDataResults: [
        { Id: 'q', Timestamps: [seconds, seconds + 60], Values: [0.5, 3], StatusCode: 'Complete' },
      ],
      Messages: [],
    };
    const reply = await cloudwatch().send(
      new GetMetricDataCommand({ StartTime: at, EndTime: at, MetricDataQueries: [] }),
    );
    expect(received()).toEqual({ StartTime: seconds, EndTime: seconds, MetricDataQueries: [] });
    expect(reply.MetricDataResults).toEqual([
      {
        Id: 'q',
        Timestamps: [at, new Date(at.getTime() + 60_000)],
        Values: [0.5, 3],
        StatusCode: 'Complete',
      },
    ]);
    expect(reply.Messages).toEqual([]);
  });

  it('tells errors', async () => {
    scripted.answer = new ApiError('InvalidParameterValueException', 'Too old.');
    await expect(cloudwatch().send(new PutMetricDataCommand({ Namespace: 'n' }))).rejects.toMatchObject({
      message: 'Too old.',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(cloudwatch().send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      message: 'Longshore does not serve the operation DescribeAlarms of monitoring.',
    });
  });
});

describe('a server that can no longer save its state', () => {
  const clients: Readonly<Record<string, readonly [code: string, call: () => Promise<unknown>]>> = {
    sts: ['InternalFailure', () => new STSClient(settings()).send(new GetCallerIdentityCommand({}))],
    ec2: ['InternalError', () => new EC2Client(settings()).send(new DescribeVolumesCommand({}))],
    lambda: [
      'ServerException',
      () => new LambdaClient(settings()).send(new GetFunctionCommand({ FunctionName: 'f' })),
    ],
    s3: ['InternalError', () => new S3Client(settings()).send(new ListBucketsCommand({}))],
    cloudwatch: [
      'ServerException',
      () => new CloudWatchClient(settings()).send(new DescribeAlarmsCommand({})),
    ],
  };

  it.each(Object.keys(clients))('tells %s so in its own protocol', async (name) => {
    const store = noStore(() => Promise.reject(new Error('another control plane leads')));
    ({ handle } = fakeHandler({ apis: [...scripted.apis, await emptySts()], store }));
    const [code, call] = clients[name]!;
    await expect(call()).rejects.toMatchObject({
      name: code,
      message: expect.stringMatching(/^The server can no longer save its state and stops/),
      $metadata: { httpStatusCode: 500 },
    });
  });
});
