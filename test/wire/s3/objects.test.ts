// Objects through the S3 client of the AWS SDK: written, read, copied, deleted, with conditions, ranges and checksums.
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  HeadObjectCommand,
  PutObjectAclCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { S3Rig } from '../../../test-support/s3-rig.ts';
import { sign } from '../../../src/wire/sigv4/sign.ts';

let rig: S3Rig;
beforeEach(async () => {
  rig = await S3Rig.open();
});

const Bucket = 'bucket';
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The answer to a request that is signed as it stands. */
const raw = (method: string, target: string, headers: Record<string, string>, body = '') => {
  const { administrator, handle } = rig.ecs.controlPlane;
  const request = { method, target, headers: { host: 'h', ...headers }, body: Buffer.from(body) };
  const signed = sign(request, {
    credentials: administrator,
    region: 'us-east-1',
    signingName: 's3',
    now: rig.ecs.clock.wall(),
  });
  return handle({ ...signed, body: request.body });
};

describe('PutObject', () => {
  it('keeps bytes with their headers, metadata and tags', async () => {
    const put = await rig.put('a/b.txt', 'hello', {
      ContentType: 'text/plain',
      CacheControl: 'no-cache',
      ContentDisposition: 'inline',
      ContentLanguage: 'de',
      Expires: new Date('2030-01-01T00:00:00Z'),
      Metadata: { one: 'x', two: 'y z' },
      Tagging: 'a=1&b=x%20y',
      StorageClass: 'STANDARD_IA',
    });
    expect(put).toMatchObject({
      ETag: `"${md5('hello')}"`,
      ServerSideEncryption: 'AES256',
      ChecksumType: 'FULL_OBJECT',
    });
    expect(put.VersionId).toBeUndefined();
    expect(await rig.get('a/b.txt')).toMatchObject({
      text: 'hello',
      ContentType: 'text/plain',
      CacheControl: 'no-cache',
      ContentDisposition: 'inline',
      ContentLanguage: 'de',
      ExpiresString: 'Tue, 01 Jan 2030 00:00:00 GMT',
      Metadata: { one: 'x', two: 'y z' },
      StorageClass: 'STANDARD_IA',
      TagCount: 2,
      ContentLength: 5,
      AcceptRanges: 'bytes',
      ETag: `"${md5('hello')}"`,
    });
  });

  it('takes a stream, and none', async () => {
    await rig.put('stream', Readable.from([Buffer.from('ab'), Buffer.from('cd')]), { ContentLength: 4 });
    expect((await rig.get('stream')).text).toBe('abcd');
    await rig.put('empty', '');
    expect(await rig.get('empty')).toMatchObject({ text: '', ContentLength: 0 });
  });

  it.each(['../../etc/passwd', 'a//b', '/', '%41', 'a b+c', 'ü/😀', '.', 'a?b#c&d', `${'k'.repeat(1024)}`])(
    'takes the key %s as it is',
    async (key) => {
      await rig.put(key, 'x');
      expect(await rig.list()).toEqual([key]);
      expect((await rig.get(key)).text).toBe('x');
    },
  );

  it('writes over what was there, whose file goes', async () => {
    await rig.put('k', 'old');
    await rig.put('k', 'new');
    expect((await rig.get('k')).text).toBe('new');
    await expect.poll(() => rig.files.there.size).toBe(1);
  });

  it('refuses what is not what was sent, and keeps nothing of it', async () => {
    const bad = Buffer.alloc(16).toString('base64');
    await expect(rig.put('k', 'x', { ContentMD5: bad })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(rig.put('k', 'x', { ContentMD5: 'no' })).rejects.toMatchObject({ name: 'InvalidDigest' });
    await expect(
      rig.put('k', 'x', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }),
    ).rejects.toMatchObject({
      name: 'BadDigest',
      message: 'The SHA256 you specified did not match the calculated checksum.',
    });
    await expect(rig.put('k', 'x', { ChecksumCRC32: 'AA==' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    const wrong = await raw(
      'PUT',
      '/bucket/k',
      { 'x-amz-content-sha256': 'a'.repeat(64), 'content-length': '1' },
      'x',
    );
    expect(String(wrong.body)).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
    const short = await raw(
      'PUT',
      '/bucket/k',
      { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-length': '5' },
      'x',
    );
    expect(String(short.body)).toContain('<Code>IncompleteBody</Code>');
    expect(await rig.list()).toEqual([]);
    expect(rig.files.there.size).toBe(0);
  });

  it('takes a checksum behind the body', async () => {
    const headers = {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '9',
      'x-amz-trailer': 'x-amz-checksum-crc32c',
      'content-encoding': 'aws-chunked,gzip',
    };
    const chunks = (sum: string) => `9\r\n123456789\r\n0\r\nx-amz-checksum-crc32c:${sum}\r\n\r\n`;
    const right = await raw('PUT', '/bucket/k', headers, chunks('4waSgw=='));
    expect(right).toMatchObject({ status: 200, headers: { 'x-amz-checksum-crc32c': '4waSgw==' } });
    expect(await rig.get('k')).toMatchObject({ text: '123456789', ContentEncoding: 'gzip' });
    const wrong = await raw('PUT', '/bucket/other', headers, chunks('AAAAAA=='));
    expect(String(wrong.body)).toContain('<Code>BadDigest</Code>');
    const missing = await raw('PUT', '/bucket/other', headers, '9\r\n123456789\r\n0\r\n\r\n');
    expect(String(missing.body)).toContain('<Code>InvalidRequest</Code>');
    expect(await rig.list()).toEqual(['k']);
  });

  it('wants to know how much comes, and no more than 5 GiB', async () => {
    const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    expect((await raw('PUT', '/bucket/k', unsigned, 'x')).status).toBe(411);
    const large = await raw('PUT', '/bucket/k', { ...unsigned, 'content-length': String(5 * 1024 ** 3 + 1) });
    expect(String(large.body)).toContain('<Code>EntityTooLarge</Code>');
    const none = await raw('PUT', '/bucket/k', {});
    expect(none.status).toBe(411);
  });

  it('is done only where nothing, or what is expected, is there', async () => {
    await expect(rig.put('k', 'x', { IfMatch: '"a"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const { ETag } = await rig.put('k', 'one', { IfNoneMatch: '*' });
    await expect(rig.put('k', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    await rig.put('k', 'three', { IfMatch: ETag });
    await expect(rig.put('k', 'four', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(rig.put('k', 'x', { IfNoneMatch: '"a"' })).rejects.toMatchObject({ name: 'NotImplemented' });
    expect((await rig.get('k')).text).toBe('three');
    await expect.poll(() => rig.files.there.size).toBe(1);
  });

  it.each([
    ['KeyTooLongError', { Key: 'ü'.repeat(513) }],
    ['MetadataTooLarge', { Metadata: { a: 'x'.repeat(2048) } }],
    ['InvalidStorageClass', { StorageClass: 'GLACIER' }],
    ['AccessControlListNotSupported', { ACL: 'public-read' }],
    ['InvalidTag', { Tagging: 'aws:a=1' }],
    ['InvalidTag', { Tagging: 'a=1&a=2' }],
    ['BadRequest', { Tagging: Array.from({ length: 11 }, (_, at) => `k${at}=`).join('&') }],
    ['NotImplemented', { SSECustomerAlgorithm: 'AES256' }],
    ['NotImplemented', { ObjectLockMode: 'GOVERNANCE' }],
    ['NoSuchBucket', { Bucket: 'nowhere' }],
  ] as const)('is refused with %s: %j', async (name, input) => {
    await expect(rig.put('k', 'x', input)).rejects.toMatchObject({ name });
    expect(rig.files.there.size).toBe(0);
  });
});

describe('GetObject', () => {
  beforeEach(async () => {
    await rig.put('k', '0123456789');
  });

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('reads %s', async (Range, text, ContentRange) => {
    expect(await rig.get('k', { Range })).toMatchObject({
      text,
      ContentRange,
      ContentLength: text.length,
      $metadata: { httpStatusCode: 206 },
    });
  });

  it.each(['bytes=0-1,3-4', 'bytes=5-2', 'lines=1-2', 'bytes=-'])(
    'answers the whole to %s',
    async (Range) => {
      expect(await rig.get('k', { Range })).toMatchObject({
        text: '0123456789',
        $metadata: { httpStatusCode: 200 },
      });
    },
  );

  it('refuses ranges that are not there', async () => {
    for (const Range of ['bytes=10-', 'bytes=-0', 'bytes=99-100'])
      await expect(rig.get('k', { Range })).rejects.toMatchObject({
        name: 'InvalidRange',
        $metadata: { httpStatusCode: 416 },
      });
    await rig.put('empty', '');
    await expect(rig.get('empty', { Range: 'bytes=0-' })).rejects.toMatchObject({ name: 'InvalidRange' });
    await expect(rig.get('k', { Range: 'bytes=0-1', PartNumber: 1 })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await expect(rig.get('k', { PartNumber: 2 })).rejects.toMatchObject({ name: 'InvalidPartNumber' });
    expect(await rig.get('k', { PartNumber: 1 })).toMatchObject({ text: '0123456789' });
  });

  it('goes by ETag and time', async () => {
    const { ETag, LastModified } = await rig.get('k');
    const later = new Date(LastModified!.getTime() + 5000);
    const earlier = new Date(LastModified!.getTime() - 5000);
    const refused = (input: object) => rig.get('k', input).catch((error: unknown) => error);
    const status = async (input: object) =>
      ((await refused(input)) as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode;
    expect(await status({ IfMatch: '"other"' })).toBe(412);
    expect(await status({ IfMatch: ETag, IfUnmodifiedSince: earlier })).toBe(200);
    expect(await status({ IfUnmodifiedSince: earlier })).toBe(412);
    expect(await status({ IfUnmodifiedSince: later })).toBe(200);
    expect(await status({ IfNoneMatch: ETag })).toBe(304);
    expect(await status({ IfNoneMatch: '"other"', IfModifiedSince: later })).toBe(200);
    expect(await status({ IfModifiedSince: LastModified })).toBe(304);
    expect(await status({ IfModifiedSince: earlier })).toBe(200);
    const cached = await raw('GET', '/bucket/k', { 'if-none-match': ETag! });
    expect(cached).toMatchObject({ status: 304, headers: { etag: ETag }, body: '' });
  });

  it('answers with the headers that are asked for, and its checksum', async () => {
    expect(
      await rig.get('k', {
        ResponseContentType: 'text/x',
        ResponseContentDisposition: 'attachment',
        ResponseCacheControl: 'private',
        ChecksumMode: 'ENABLED',
      }),
    ).toMatchObject({
      ContentType: 'text/x',
      ContentDisposition: 'attachment',
      CacheControl: 'private',
      ChecksumCRC32: 'poTHxg==',
      ChecksumType: 'FULL_OBJECT',
    });
  });

  it('finds nothing that is not there', async () => {
    await expect(rig.get('nothing')).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(rig.get('k', { VersionId: 'x' })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(rig.get('k', { Bucket: 'nowhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('HeadObject', () => {
  const head = (Key: string, input: object = {}) =>
    rig.s3.send(new HeadObjectCommand({ Bucket, Key, ...input }));

  it('tells what GetObject would, without the bytes', async () => {
    await rig.put('k', '0123456789', { ContentType: 'text/plain' });
    expect(await head('k')).toMatchObject({
      ContentLength: 10,
      ContentType: 'text/plain',
      ETag: `"${md5('0123456789')}"`,
    });
    expect(await head('k', { Range: 'bytes=0-1' })).toMatchObject({
      ContentLength: 2,
      $metadata: { httpStatusCode: 206 },
    });
  });

  it('answers a status alone where there is nothing', async () => {
    await expect(head('nothing')).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
    expect((await raw('HEAD', '/bucket/nothing', {})).body).toBe('');
  });
});

describe('DeleteObject', () => {
  it('takes an object away, and its file; that nothing is there is no error', async () => {
    await rig.put('k');
    expect(await rig.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({
      $metadata: { httpStatusCode: 204 },
    });
    await rig.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(rig.get('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect.poll(() => rig.files.there.size).toBe(0);
  });

  it('is done only of what is expected', async () => {
    const { ETag } = await rig.put('k');
    const remove = (IfMatch: string) => rig.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', IfMatch }));
    await expect(remove('"x"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await remove(ETag!);
    await expect(remove('*')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('waits for who reads it: what is being read stays', async () => {
    const parts = await rig.put('k', 'x'.repeat(10));
    expect(parts.ETag).toBeDefined();
    const reply = await raw('GET', '/bucket/k', {});
    await rig.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(rig.files.there.size).toBe(1);
    expect((await reply.streamed!.toArray()).join('')).toBe('x'.repeat(10));
    await expect.poll(() => rig.files.there.size).toBe(0);
    await rig.put('k', 'y');
    const unread = await raw('GET', '/bucket/k', {});
    await rig.s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(rig.files.there.size).toBe(1);
    unread.streamed!.destroy();
    await expect.poll(() => rig.files.there.size).toBe(0);
  });
});

describe('DeleteObjects', () => {
  const remove = (Delete: ConstructorParameters<typeof DeleteObjectsCommand>[0]['Delete']) =>
    rig.s3.send(new DeleteObjectsCommand({ Bucket, Delete }));

  it('deletes each, and tells it unless it is to be quiet', async () => {
    await Promise.all(['a', 'b', 'c'].map((key) => rig.put(key)));
    expect(await remove({ Objects: [{ Key: 'a' }, { Key: 'none' }] })).toMatchObject({
      Deleted: [{ Key: 'a' }, { Key: 'none' }],
    });
    const { Deleted, Errors } = await remove({
      Quiet: true,
      Objects: [{ Key: 'b' }, { Key: 'c', ETag: '"other"' }],
    });
    expect(Deleted).toBeUndefined();
    expect(Errors).toMatchObject([{ Key: 'c', Code: 'PreconditionFailed' }]);
    expect(await rig.list()).toEqual(['c']);
  });

  it('takes a thousand, and no more', async () => {
    const Objects = Array.from({ length: 1000 }, (_, at) => ({ Key: `${'k'.repeat(1000)}${at}` }));
    expect((await remove({ Objects })).Deleted).toHaveLength(1000);
    await expect(remove({ Objects: [...Objects, { Key: 'x' }] })).rejects.toMatchObject({
      name: 'MalformedXML',
    });
  });
});

describe('CopyObject', () => {
  const copy = (Key: string, CopySource: string, input: object = {}) =>
    rig.s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...input }));

  it('copies bytes, headers and tags, sharing the file', async () => {
    await rig.put('a b+ü', 'hello', { ContentType: 'text/plain', Metadata: { m: '1' }, Tagging: 't=1' });
    const { CopyObjectResult } = await copy('copy', `bucket/${encodeURIComponent('a b+ü')}`);
    expect(CopyObjectResult).toMatchObject({ ETag: `"${md5('hello')}"` });
    await rig.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a b+ü' }));
    expect(await rig.get('copy')).toMatchObject({
      text: 'hello',
      ContentType: 'text/plain',
      Metadata: { m: '1' },
      TagCount: 1,
    });
    expect(rig.files.there.size).toBe(1);
  });

  it('replaces metadata and tags where it is told to', async () => {
    await rig.put('k', 'hello', { ContentType: 'text/plain', Metadata: { m: '1' }, Tagging: 't=1' });
    await copy('k', '/bucket/k', {
      MetadataDirective: 'REPLACE',
      Metadata: { n: '2' },
      ContentType: 'text/x',
    });
    expect(await rig.get('k')).toMatchObject({ ContentType: 'text/x', Metadata: { n: '2' }, TagCount: 1 });
    await copy('k', '/bucket/k', { TaggingDirective: 'REPLACE', Tagging: 'a=1&b=2' });
    expect(await rig.get('k')).toMatchObject({ TagCount: 2, Metadata: { n: '2' } });
    await copy('sum', '/bucket/k', { ChecksumAlgorithm: 'SHA256' });
    expect(await rig.get('sum', { ChecksumMode: 'ENABLED' })).toMatchObject({
      ChecksumSHA256: createHash('sha256').update('hello').digest('base64'),
    });
  });

  it('is refused where there is no such source, or not as expected', async () => {
    const { ETag } = await rig.put('k');
    await expect(copy('c', 'bucket/nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy('c', 'nowhere/k')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(copy('c', 'bucket')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(copy('k', 'bucket/k')).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copy('c', 'bucket/k', { CopySourceIfMatch: '"x"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy('c', 'bucket/k', { CopySourceIfNoneMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await copy('c', 'bucket/k', { CopySourceIfMatch: ETag });
  });
});

describe('GetObjectAcl', () => {
  it('tells that the owner has all, with a grantee', async () => {
    await rig.put('k');
    const { Owner, Grants } = await rig.s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' }));
    expect(Grants).toEqual([
      { Grantee: { Type: 'CanonicalUser', ID: Owner!.ID }, Permission: 'FULL_CONTROL' },
    ]);
    await expect(rig.s3.send(new GetObjectAclCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });
});

describe('PutObjectAcl', () => {
  it('takes what gives nothing away, where the bucket takes no other', async () => {
    await rig.put('k');
    const put = (ACL: 'bucket-owner-full-control' | 'public-read') =>
      rig.s3.send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL }));
    await put('bucket-owner-full-control');
    await expect(put('public-read')).rejects.toMatchObject({ name: 'AccessControlListNotSupported' });
  });
});

describe('GetObjectAttributes', () => {
  it('tells what is asked for', async () => {
    await rig.put('k', 'hello', { ChecksumAlgorithm: 'SHA1' });
    const { ETag, ObjectSize, StorageClass, Checksum, ObjectParts } = await rig.s3.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'k',
        ObjectAttributes: ['ETag', 'ObjectSize', 'StorageClass', 'Checksum', 'ObjectParts'],
      }),
    );
    expect({ ETag, ObjectSize, StorageClass, ObjectParts }).toEqual({
      ETag: md5('hello'),
      ObjectSize: 5,
      StorageClass: 'STANDARD',
      ObjectParts: undefined,
    });
    expect(Checksum).toMatchObject({ ChecksumSHA1: createHash('sha1').update('hello').digest('base64') });
    await expect(
      rig.s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'no', ObjectAttributes: ['ETag'] })),
    ).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
