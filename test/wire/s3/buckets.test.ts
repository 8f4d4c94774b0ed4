import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketMetricsConfigurationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type CreateBucketCommandInput,
  type ListBucketsCommandInput,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../../src/wire/sigv4/sign.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

let rig: EcsRig;
let s3: S3Client;
beforeEach(async () => {
  rig = await EcsRig.open();
  s3 = rig.clientOf(S3Client);
});

const create = (Bucket: string, more: Partial<CreateBucketCommandInput> = {}, client = s3) =>
  client.send(new CreateBucketCommand({ Bucket, ...more }));
const list = (input: ListBucketsCommandInput = {}) => s3.send(new ListBucketsCommand(input));
const names = async (input?: ListBucketsCommandInput) => (await list(input)).Buckets!.map(({ Name }) => Name);

/** A request as a client sends it that no SDK made. */
async function call(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
) {
  const { handle, administrator } = rig.controlPlane;
  const request = {
    method,
    target,
    headers: { host: '127.0.0.1:4566', ...headers },
    body: Buffer.from(body),
  };
  const signing = {
    credentials: administrator,
    region: 'us-east-1',
    signingName: 's3',
    now: rig.clock.wall(),
  };
  return handle(sign(request, signing));
}

/** One of a client that does not sign. */
const callUnsigned = (method: string, target: string, headers: Readonly<Record<string, string>> = {}) =>
  rig.controlPlane.handle({
    method,
    target,
    headers: { host: '127.0.0.1', ...headers },
    body: new Uint8Array(),
  });

describe('CreateBucket', () => {
  test('makes a bucket', async () => {
    expect(await create('photos')).toMatchObject({ Location: '/photos' });
    expect(await names()).toEqual(['photos']);
  });

  test('makes one in another region', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    expect(await create('photos', { CreateBucketConfiguration })).toMatchObject({
      Location: 'http://photos.s3.amazonaws.com/',
    });
    const ireland = rig.clientOf(S3Client, 'eu-west-1');
    expect(await ireland.send(new HeadBucketCommand({ Bucket: 'photos' }))).toMatchObject({
      BucketRegion: 'eu-west-1',
    });
  });

  test.each(['ab', 'Photos', 'a_b', 'a..b', '10.0.0.1', 'xn--a-b', 'abc-s3alias'])(
    'refuses the name %s',
    async (name) => {
      await expect(create(name)).rejects.toMatchObject({
        name: 'InvalidBucketName',
        message: 'The specified bucket is not valid.',
        $metadata: { httpStatusCode: 400 },
      });
    },
  );

  test('may be repeated by the owner in us-east-1 alone', async () => {
    await create('photos');
    await create('photos');
    const ireland = rig.clientOf(S3Client, 'eu-west-1');
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await create('films', { CreateBucketConfiguration }, ireland);
    for (const Bucket of ['photos', 'films'])
      await expect(create(Bucket, { CreateBucketConfiguration }, ireland)).rejects.toMatchObject({
        name: 'BucketAlreadyOwnedByYou',
        message: 'Your previous request to create the named bucket succeeded and you already own it.',
        $metadata: { httpStatusCode: 409 },
      });
  });

  test('refuses a location that is not where it was sent to', async () => {
    const ireland = rig.clientOf(S3Client, 'eu-west-1');
    await expect(
      create('a-bucket', { CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }, ireland),
    ).rejects.toMatchObject({
      name: 'IllegalLocationConstraintException',
      message:
        'The us-west-2 location constraint is incompatible for the region specific endpoint this request was sent to.',
    });
    const body =
      '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>moon</LocationConstraint></CreateBucketConfiguration>';
    const response = await call('PUT', '/a-bucket', {}, body);
    expect(response).toMatchObject({
      status: 400,
      body: expect.stringContaining('<Code>InvalidLocationConstraint</Code>'),
    });
  });

  test('without a location makes it where it was sent to only where that is us-east-1', async () => {
    const body = '<CreateBucketConfiguration/>';
    expect(await call('PUT', '/a-bucket', {}, body)).toMatchObject({ status: 200 });
    const { handle, administrator } = rig.controlPlane;
    const request = { method: 'PUT', target: '/other', headers: { host: 'h' }, body: Buffer.from('') };
    const signing = { credentials: administrator, signingName: 's3', now: rig.clock.wall() };
    const ireland = await handle(sign(request, { ...signing, region: 'eu-west-1' }));
    expect(ireland.body).toContain('<Code>IllegalLocationConstraintException</Code>');
    // A region that AWS does not have cannot be named by a client.
    expect(await handle(sign(request, { ...signing, region: 'cellar-1' }))).toMatchObject({ status: 200 });
  });

  test('refuses access control lists, which a new bucket does not have', async () => {
    await expect(create('a-bucket', { ACL: 'public-read' })).rejects.toMatchObject({
      name: 'InvalidBucketAclWithObjectOwnership',
      message: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    });
    await expect(
      create('a-bucket', { ACL: 'public-read', ObjectOwnership: 'ObjectWriter' }),
    ).rejects.toMatchObject({
      name: 'InvalidBucketAclWithBlockPublicAccessError',
      message: 'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
    });
    await create('a-bucket', { ACL: 'private' });
  });

  test('refuses what is not built, by name', async () => {
    await expect(create('a-bucket', { ObjectLockEnabledForBucket: true })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Longshore does not support S3 Object Lock (x-amz-bucket-object-lock-enabled).',
      $metadata: { httpStatusCode: 501 },
    });
    await expect(
      create('a-bucket', { CreateBucketConfiguration: { Bucket: { Type: 'Directory' } } }),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(await names()).toEqual([]);
  });

  test('refuses a document that is none, and one that is not as its checksum', async () => {
    expect((await call('PUT', '/a-bucket', {}, '<a><b></a>')).body).toContain('<Code>MalformedXML</Code>');
    const headers = { 'x-amz-checksum-crc32': 'AAAAAA==' };
    expect((await call('PUT', '/a-bucket', headers, '<CreateBucketConfiguration/>')).body).toContain(
      '<Code>BadDigest</Code><Message>The CRC32 you specified did not match the calculated checksum.</Message>',
    );
    const md5 = await call('PUT', '/a-bucket', { 'content-md5': 'x' }, '<CreateBucketConfiguration/>');
    expect(md5.body).toContain('<Code>InvalidDigest</Code>');
    expect(await names()).toEqual([]);
  });
});

describe('HeadBucket', () => {
  test('tells where a bucket is', async () => {
    await create('photos');
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'photos' }))).toMatchObject({
      BucketRegion: 'us-east-1',
      AccessPointAlias: false,
    });
  });

  test('is a plain 404 where there is none', async () => {
    expect(await call('HEAD', '/photos')).toMatchObject({ status: 404, body: '' });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'photos' }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('tells the region of a bucket that is elsewhere', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await create('photos', { CreateBucketConfiguration });
    expect(await call('HEAD', '/photos')).toMatchObject({
      status: 400,
      headers: { 'x-amz-bucket-region': 'eu-west-1' },
      body: '',
    });
  });

  test('is told the owner that is expected', async () => {
    await create('photos');
    const expecting = (ExpectedBucketOwner: string) =>
      s3.send(new HeadBucketCommand({ Bucket: 'photos', ExpectedBucketOwner }));
    await expecting('000000000000');
    await expect(expecting('111111111111')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });
});

describe('DeleteBucket', () => {
  test('deletes a bucket', async () => {
    await create('photos');
    await s3.send(new DeleteBucketCommand({ Bucket: 'photos' }));
    expect(await names()).toEqual([]);
    await create('photos');
  });

  test('refuses while an object, a version, a delete marker or an upload is in it', async () => {
    const at = { Bucket: 'photos', Key: 'k' };
    const remove = () => s3.send(new DeleteBucketCommand({ Bucket: 'photos' }));
    const isRefused = () =>
      expect(remove()).rejects.toMatchObject({
        name: 'BucketNotEmpty',
        message: 'The bucket you tried to delete is not empty',
        BucketName: 'photos',
        $metadata: { httpStatusCode: 409 },
      });
    await create('photos');
    await s3.send(new PutObjectCommand({ ...at, Body: 'x' }));
    await isRefused();
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: 'photos', VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const { VersionId: marker } = await s3.send(new DeleteObjectCommand(at));
    await isRefused();
    await s3.send(new DeleteObjectCommand({ ...at, VersionId: 'null' }));
    await isRefused();
    await s3.send(new DeleteObjectCommand({ ...at, VersionId: marker }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at));
    await isRefused();
    await s3.send(new AbortMultipartUploadCommand({ ...at, UploadId }));
    await remove();
    expect(await names()).toEqual([]);
  });

  test('finds no bucket', async () => {
    await expect(s3.send(new DeleteBucketCommand({ Bucket: 'photos' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
      BucketName: 'photos',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('GetBucketLocation', () => {
  const locationOf = (Bucket: string, region = 'us-east-1') =>
    rig.clientOf(S3Client, region).send(new GetBucketLocationCommand({ Bucket }));

  test('is empty in us-east-1', async () => {
    await create('photos');
    const response = await call('GET', '/photos?location');
    expect(response.body).toMatch(
      /<LocationConstraint xmlns="http:\/\/s3.amazonaws.com\/doc\/2006-03-01\/"><\/LocationConstraint>$/,
    );
    expect((await locationOf('photos')).LocationConstraint ?? '').toBe('');
  });

  test('is what the bucket was created with', async () => {
    await create('photos', { CreateBucketConfiguration: { LocationConstraint: 'EU' } });
    await create('films', { CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } });
    expect((await locationOf('photos', 'eu-west-1')).LocationConstraint).toBe('EU');
    expect((await locationOf('films', 'us-west-2')).LocationConstraint).toBe('us-west-2');
  });

  test('finds no bucket, and refuses a request that was signed for another region', async () => {
    await expect(locationOf('photos')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await create('photos');
    await expect(locationOf('photos', 'eu-west-1')).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      message:
        "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-1'",
      Region: 'us-east-1',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('ListBuckets', () => {
  test('lists by name, over all regions', async () => {
    for (const name of ['cats', 'ants']) await create(name);
    await create('bees', { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
    const { Buckets, Owner, ContinuationToken } = await list();
    const CreationDate = new Date(rig.clock.now());
    expect(Buckets).toEqual([
      { Name: 'ants', CreationDate },
      { Name: 'bees', CreationDate },
      { Name: 'cats', CreationDate },
    ]);
    expect(Owner?.ID).toMatch(/^[0-9a-f]{64}$/);
    expect(ContinuationToken).toBeUndefined();
  });

  test('by prefix and region, which is told then', async () => {
    for (const name of ['bats', 'ants']) await create(name);
    await create('bees', { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
    expect(await names({ Prefix: 'b' })).toEqual(['bats', 'bees']);
    expect((await list({ BucketRegion: 'eu-west-1' })).Buckets).toMatchObject([
      { Name: 'bees', BucketRegion: 'eu-west-1' },
    ]);
    expect(await list({ Prefix: 'ba' })).toMatchObject({ Prefix: 'ba', Buckets: [{ Name: 'bats' }] });
  });

  test('in pages', async () => {
    for (const name of ['one', 'two', 'six']) await create(name);
    const first = await list({ MaxBuckets: 2 });
    expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['one', 'six']);
    const { ContinuationToken } = first;
    expect(await names({ MaxBuckets: 2, ContinuationToken })).toEqual(['two']);
  });

  test('refuses a number and a token that are none', async () => {
    for (const MaxBuckets of [0, 10_001])
      await expect(list({ MaxBuckets })).rejects.toMatchObject({
        name: 'InvalidArgument',
        message: 'Argument max-buckets must be an integer between 1 and 10000',
        ArgumentName: 'max-buckets',
      });
    await expect(list({ ContinuationToken: 'no' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'The continuation token provided is incorrect',
    });
  });
});

describe('requests for S3', () => {
  test('name the bucket in the path, or before the host', async () => {
    await create('photos');
    await create('my.films');
    for (const [host, bucket] of [
      ['photos.localhost:4566', 'photos'],
      ['photos.s3.us-east-1.amazonaws.com', 'photos'],
      ['my.films.s3.example.com', 'my.films'],
    ]) {
      const response = await call('HEAD', '/', { host: host! });
      expect([bucket, response.status]).toEqual([bucket, 200]);
    }
    expect(await call('HEAD', '/', { host: 'others.localhost' })).toMatchObject({ status: 404 });
    expect((await call('GET', '/', { host: 'localhost:4566' })).body).toContain('<ListAllMyBucketsResult');
    expect((await call('GET', '/', { host: 's3.localhost' })).body).toContain('<ListAllMyBucketsResult');
  });

  test('never do something else than what the query says, also where that is not served', async () => {
    await create('photos');
    const refused = { status: 501, body: expect.stringContaining('<Code>NotImplemented</Code>') };
    expect(await call('DELETE', '/photos?analytics')).toMatchObject(refused);
    expect(await call('PUT', '/others?replication', {}, '<a/>')).toMatchObject(refused);
    expect(await names()).toEqual(['photos']);
    await expect(
      s3.send(
        new PutBucketReplicationCommand({
          Bucket: 'photos',
          ReplicationConfiguration: { Role: 'r', Rules: [] },
        }),
      ),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Longshore does not support the operation PutBucketReplication.',
    });
    await expect(
      s3.send(new GetBucketMetricsConfigurationCommand({ Bucket: 'photos', Id: 'i' })),
    ).rejects.toMatchObject({
      message: 'Longshore does not support the operation GetBucketMetricsConfiguration.',
    });
  });

  test('are none of S3 Control, which signs as S3 does', async () => {
    const headers = { host: '000000000000.localhost', 'x-amz-account-id': '000000000000' };
    const response = await call('GET', '/v20180820/configuration/publicAccessBlock', headers);
    expect(response).toMatchObject({
      status: 501,
      body: expect.stringContaining(
        'Longshore does not serve the operation of S3 Control that GET /v20180820/configuration/publicAccessBlock calls.',
      ),
    });
  });

  test('are of S3 also where the bucket is called as a page', async () => {
    await create('health');
    expect(await call('HEAD', '/health')).toMatchObject({
      status: 200,
      headers: { 'x-amz-bucket-region': 'us-east-1' },
    });
  });

  test('that nobody signed are for the page of that name, where there is one', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'all is well' };
    rig = await EcsRig.open({ routes: () => ({ '/health': () => page }) });
    s3 = rig.clientOf(S3Client);
    await create('health');
    expect(await callUnsigned('GET', '/health')).toMatchObject(page);
    expect(await callUnsigned('GET', '/healthy')).toMatchObject({ status: 404 });
    expect(await call('HEAD', '/health')).toMatchObject({ headers: { 'x-amz-bucket-region': 'us-east-1' } });
  });

  test('that are not signed are for what everybody may do', async () => {
    await create('photos');
    const denied = {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: expect.stringContaining('<Code>AccessDenied</Code><Message>Access Denied</Message>'),
    };
    expect(await callUnsigned('GET', '/photos?location')).toMatchObject(denied);
    const ofSdk = { 'amz-sdk-invocation-id': '05176c52-53d7-443c-b61d-fb46d456b7dc' };
    for (const [method, target] of [
      ['GET', '/'],
      ['GET', '/photos?location'],
      ['PUT', '/others'],
      ['DELETE', '/photos'],
    ] as const)
      expect(await callUnsigned(method, target, ofSdk)).toMatchObject(denied);
    // Whoever may not see it is told where it is, and everybody that there is none: clients look for regions so.
    expect(await callUnsigned('HEAD', '/photos')).toMatchObject({
      status: 403,
      headers: { 'x-amz-bucket-region': 'us-east-1' },
      body: '',
    });
    expect(await callUnsigned('HEAD', '/others')).toMatchObject({ status: 404, body: '' });
    expect(await names()).toEqual(['photos']);
  });

  test('that are signed for another service never come there', async () => {
    const { handle, administrator } = rig.controlPlane;
    const request = { method: 'PUT', target: '/photos', headers: { host: 'h' }, body: Buffer.from('') };
    const signing = {
      credentials: administrator,
      region: 'us-east-1',
      signingName: 'ecs',
      now: rig.clock.wall(),
    };
    expect((await handle(sign(request, signing))).status).toBe(400);
    expect(await names()).toEqual([]);
  });
});
