import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CopyObjectCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
  await rig.ecs.clientOf(IAMClient).send(new CreateUserCommand({ UserName }));
});

const arn = `arn:aws:s3:::${Bucket}`;
const UserName = 'ann';
const user = `arn:aws:iam::000000000000:user/${UserName}`;
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const forUser = { Effect: 'Allow', Principal: { AWS: user }, Action: 's3:*', Resource: [arn, `${arn}/*`] };
const forAll = { Effect: 'Allow', Principal: '*', Action: 's3:GetBucketLocation', Resource: arn };
const put = (Policy: string, bucket = Bucket) =>
  rig.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
const get = async () => (await rig.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
const status = async () =>
  (await rig.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;
const unblock = () => rig.send(new DeletePublicAccessBlockCommand({ Bucket }));
const noPolicy = {
  name: 'NoSuchBucketPolicy',
  message: 'The bucket policy does not exist',
  $metadata: { httpStatusCode: 404 },
};

/** The client of a user that has this policy of its own. */
async function userClient(policy?: object): Promise<S3Client> {
  const iam = rig.ecs.clientOf(IAMClient);
  if (policy !== undefined) {
    const PolicyDocument = policyOf(policy);
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument }));
  }
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey!;
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! };
  return sdkClientOf(S3Client, rig.ecs.controlPlane.handle, credentials, { clock: rig.ecs.clock });
}

describe('PutBucketPolicy', () => {
  test('is kept as it was given', async () => {
    const policy = `{ "Version": "2012-10-17", "Statement": [${JSON.stringify(forUser)}] }`;
    await put(policy);
    expect(await get()).toBe(policy);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'x', "Policies must be valid JSON and the first byte must be '{'"],
    ['no principal', policyOf({ ...forUser, Principal: undefined }), 'Missing required field Principal'],
    ['no resource', policyOf({ ...forUser, Resource: undefined }), 'Missing required field Resource'],
    [
      'another bucket',
      policyOf({ ...forUser, Resource: 'arn:aws:s3:::films/*' }),
      'Policy has invalid resource',
    ],
    ['all buckets', policyOf({ ...forUser, Resource: '*' }), 'Policy has invalid resource'],
    ['a longer name', policyOf({ ...forUser, Resource: `${arn}2` }), 'Policy has invalid resource'],
    ['another service', policyOf({ ...forUser, Action: 'ec2:RunInstances' }), 'Policy has invalid action'],
    ['no effect', policyOf({ ...forUser, Effect: 'May' }), 'Syntax errors in policy.'],
    [
      'somebody',
      policyOf({ ...forUser, Principal: { AWS: 'ann' } }),
      'Invalid principal in policy: "AWS":"ann"',
    ],
    [
      'too much',
      policyOf({ ...forUser, Sid: 'x'.repeat(20_480) }),
      'Policy exceeds the maximum allowed document size.',
    ],
  ])('refuses one with %s', async (_, policy, message) => {
    await expect(put(policy)).rejects.toMatchObject({
      name: 'MalformedPolicy',
      message,
      $metadata: { httpStatusCode: 400 },
    });
    await expect(get()).rejects.toMatchObject(noPolicy);
  });

  test('keeps out what lets in everybody while public policies are blocked', async () => {
    await expect(put(policyOf(forAll))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        'is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::photos" because public policies are prevented by the BlockPublicPolicy setting',
      ) as string,
      $metadata: { httpStatusCode: 403 },
    });
    await unblock();
    await put(policyOf(forAll));
  });

  test('finds no bucket', async () => {
    await expect(put(policyOf(), 'others')).rejects.toMatchObject({ name: 'MalformedPolicy' });
    const other = { ...forUser, Resource: 'arn:aws:s3:::others' };
    await expect(put(policyOf(other), 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketPolicy', () => {
  test('answers the document by itself', async () => {
    const policy = policyOf(forUser);
    await put(policy);
    expect((await rig.call('GET', '/photos?policy')).body).toBe(policy);
  });

  test('finds none', async () => {
    await expect(get()).rejects.toMatchObject(noPolicy);
  });
});

describe('GetBucketPolicyStatus', () => {
  test('tells whether it lets in everybody', async () => {
    await expect(status()).rejects.toMatchObject(noPolicy);
    await put(policyOf(forUser));
    expect(await status()).toBe(false);
    await unblock();
    await put(policyOf(forUser, forAll));
    expect(await status()).toBe(true);
  });
});

describe('DeleteBucketPolicy', () => {
  test('takes it away, also where there is none', async () => {
    await put(policyOf(forUser));
    const remove = (name: string) => rig.send(new DeleteBucketPolicyCommand({ Bucket: name }));
    expect(await remove(Bucket)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(get()).rejects.toMatchObject(noPolicy);
    await remove(Bucket);
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('a policy', () => {
  const where = new GetBucketLocationCommand({ Bucket });

  test('of the bucket lets a user in that has none', async () => {
    const ann = await userClient();
    await expect(ann.send(where)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(
        /^User: arn:aws:iam::000000000000:user\/ann is not authorized to perform: s3:GetBucketLocation on resource: arn:aws:s3:::photos because no identity-based policy allows/,
      ) as string,
    });
    await put(policyOf(forUser));
    await ann.send(where);
    await put(policyOf({ ...forUser, Action: 's3:GetBucketVersioning' }));
    await ann.send(new GetBucketVersioningCommand({ Bucket }));
    await expect(ann.send(where)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('of the bucket keeps a user out that may do everything', async () => {
    const ann = await userClient({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    await ann.send(where);
    await put(policyOf({ ...forUser, Effect: 'Deny' }));
    await expect(ann.send(where)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('with an explicit deny in a resource-based policy') as string,
    });
  });

  test('of a user is about actions as AWS calls them, and about buckets', async () => {
    const ann = await userClient({ Effect: 'Allow', Action: ['s3:ListBucket'], Resource: arn });
    await rig.create('others');
    await ann.send(new HeadBucketCommand({ Bucket }));
    await expect(ann.send(new HeadBucketCommand({ Bucket: 'others' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    await expect(ann.send(new ListBucketsCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining('s3:ListAllMyBuckets on resource: *') as string,
    });
  });

  test('of the bucket lets everybody in who does not sign, unless that is restricted', async () => {
    const asked = () => rig.callUnsigned('GET', '/photos?location');
    await unblock();
    expect(await asked()).toMatchObject({ status: 403 });
    await put(policyOf(forAll));
    expect(await asked()).toMatchObject({
      status: 200,
      body: expect.stringContaining('<LocationConstraint'),
    });
    expect(await rig.callUnsigned('GET', '/photos?versioning')).toMatchObject({ status: 403 });
    await rig.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      }),
    );
    expect(await asked()).toMatchObject({ status: 403 });
  });
});

describe('DeleteObjects', () => {
  const putObject = (Key: string) => rig.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const versions = async () => (await rig.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? [];
  const denied = {
    Code: 'AccessDenied',
    Message: expect.stringContaining('is not authorized to perform: s3:DeleteObject') as string,
  };

  test('deletes what may be deleted, and tells of each of the rest that it may not', async () => {
    const ann = await userClient({ Effect: 'Allow', Action: 's3:*', Resource: `${arn}/*` });
    await put(
      policyOf({
        Effect: 'Deny',
        Principal: { AWS: user },
        Action: 's3:DeleteObject',
        Resource: `${arn}/kept/*`,
      }),
    );
    for (const key of ['a', 'b', 'kept/a']) await putObject(key);
    const Objects = [{ Key: 'a' }, { Key: 'kept/a' }, { Key: 'b' }];
    expect(await ann.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))).toMatchObject({
      Deleted: [{ Key: 'a' }, { Key: 'b' }],
      Errors: [{ Key: 'kept/a', ...denied }],
    });
    expect((await versions()).map(({ Key }) => Key)).toEqual(['kept/a']);
    const quiet = { Objects: [{ Key: 'kept/a' }], Quiet: true };
    expect((await ann.send(new DeleteObjectsCommand({ Bucket, Delete: quiet }))).Errors).toHaveLength(1);
  });

  test('asks of versions whether they may be deleted for good', async () => {
    await rig.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const ann = await userClient({ Effect: 'Allow', Action: 's3:DeleteObject', Resource: `${arn}/*` });
    const { VersionId } = await putObject('a');
    const remove = () =>
      ann.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a', VersionId }, { Key: 'b' }] } }),
      );
    expect(await remove()).toMatchObject({
      Deleted: [{ Key: 'b', DeleteMarker: true }],
      Errors: [{ Key: 'a', VersionId, ...denied }],
    });
    const Action = 's3:DeleteObjectVersion';
    const ofBucket = { Principal: { AWS: user }, Action, Resource: `${arn}/*` };
    await put(policyOf({ Effect: 'Allow', ...ofBucket }));
    expect((await remove()).Errors).toBeUndefined();
    expect(await versions()).toEqual([]);
  });

  test('lets in nobody else, and finds no bucket that is not there', async () => {
    const ann = await userClient();
    await putObject('a');
    const remove = (name: string) =>
      ann.send(new DeleteObjectsCommand({ Bucket: name, Delete: { Objects: [{ Key: 'a' }] } }));
    expect(await remove(Bucket)).toMatchObject({ Errors: [{ Key: 'a', ...denied }] });
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
    expect(await versions()).toHaveLength(1);
  });
});

test('what is copied may be read by whom the policy of its bucket lets, and by nobody whom it keeps out', async () => {
  await rig.create('sources');
  await rig.send(new PutObjectCommand({ Bucket: 'sources', Key: 'a', Body: 'a' }));
  const ann = await userClient({ Effect: 'Allow', Action: 's3:*', Resource: `${arn}/*` });
  const copy = (CopySource = 'sources/a') =>
    ann.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource }));
  await expect(copy()).rejects.toMatchObject({ name: 'AccessDenied' });
  const source = { Principal: { AWS: user }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::sources/*' };
  await put(policyOf({ Effect: 'Allow', ...source }), 'sources');
  await copy();
  const iam = rig.ecs.clientOf(IAMClient);
  const PolicyDocument = policyOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
  await iam.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument }));
  await put(policyOf({ Effect: 'Deny', ...source }), 'sources');
  await expect(copy()).rejects.toMatchObject({ name: 'AccessDenied' });
  // However it is written.
  for (const written of ['/sources/a', 'sources%2Fa', '%73ources/a'])
    await expect(copy(written)).rejects.toMatchObject({ name: 'AccessDenied' });
});
