// Uploads in parts through the S3 client of the AWS SDK.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { S3Rig } from '../../../test-support/s3-rig.ts';

let rig: S3Rig;
beforeEach(async () => {
  rig = await S3Rig.open();
});
const Bucket = 'bucket';
const Key = 'k';
const five = Buffer.alloc(5 * 1024 ** 2, 'a');

const begin = async (input: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> =>
  (await rig.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32', ...input })))
    .UploadId!;
const part = async (
  UploadId: string,
  PartNumber: number,
  Body: Uint8Array | string,
): Promise<CompletedPart> => {
  const { $metadata: _, ...told } = await rig.s3.send(
    new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
  );
  return { PartNumber, ETag: told.ETag, ChecksumCRC32: told.ChecksumCRC32 };
};
const complete = (UploadId: string, Parts: CompletedPart[], input: object = {}) =>
  rig.s3.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...input }),
  );

describe('CompleteMultipartUpload', () => {
  it('makes one object of its parts, in one step', async () => {
    const id = await begin({ ContentType: 'text/plain', Metadata: { m: '1' } });
    const parts = [await part(id, 2, five), await part(id, 7, 'end')];
    await expect(rig.get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
    const done = await complete(id, parts);
    const md5s = [five, 'end'].map((body) => createHash('md5').update(body).digest());
    const ETag = `"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-2"`;
    const sums = Buffer.concat(parts.map(({ ChecksumCRC32 }) => Buffer.from(ChecksumCRC32!, 'base64')));
    const whole = Buffer.alloc(4);
    whole.writeUInt32BE(crc32(sums));
    expect(done).toMatchObject({
      ETag,
      ChecksumCRC32: `${whole.toString('base64')}-2`,
      ChecksumType: 'COMPOSITE',
    });
    const { text, ...head } = await rig.get(Key);
    expect(text).toBe(`${five.toString()}end`);
    expect(head).toMatchObject({ ETag, ContentType: 'text/plain', Metadata: { m: '1' } });
    expect(await rig.get(Key, { PartNumber: 2 })).toMatchObject({ text: 'end', PartsCount: 2 });
    expect((await rig.get(Key, { Range: `bytes=${five.length - 2}-${five.length}` })).text).toBe('aae');
    const { ObjectParts } = await rig.s3.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectParts'] }),
    );
    expect(ObjectParts).toMatchObject({
      TotalPartsCount: 2,
      Parts: [{ PartNumber: 2, Size: five.length }, { PartNumber: 7 }],
    });
    await expect(complete(id, parts)).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('can have a checksum of the whole, from those of the parts', async () => {
    const id = await begin({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const parts = [await part(id, 1, five), await part(id, 2, 'end')];
    const whole = Buffer.alloc(4);
    whole.writeUInt32BE(crc32(Buffer.concat([five, Buffer.from('end')])));
    await expect(complete(id, parts, { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
    expect(await complete(id, parts, { ChecksumCRC32: whole.toString('base64') })).toMatchObject({
      ChecksumCRC32: whole.toString('base64'),
      ChecksumType: 'FULL_OBJECT',
    });
  });

  it('refuses parts that are not as they were uploaded', async () => {
    const id = await begin();
    const parts = [await part(id, 1, 'small'), await part(id, 2, 'end')];
    await expect(complete(id, parts)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(id, parts.toReversed())).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete(id, [{ ...parts[0], ETag: '"x"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete(id, [{ ...parts[0], ChecksumCRC32: 'AAAAAA==' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await expect(complete(id, [{ PartNumber: 3, ETag: parts[0]!.ETag }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await expect(complete(id, [])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(complete(id, [parts[0]!], { MpuObjectSize: 3 })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await rig.put(Key, 'there');
    await expect(complete(id, [parts[0]!], { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await complete(id, [parts[0]!]);
    await expect.poll(() => rig.files.there.size).toBe(1);
  });
});

describe('UploadPart', () => {
  it('takes the last of a number', async () => {
    const id = await begin();
    await part(id, 1, 'old');
    const last = await part(id, 1, 'new');
    await complete(id, [last]);
    expect((await rig.get(Key)).text).toBe('new');
    await expect.poll(() => rig.files.there.size).toBe(1);
  });

  it('is refused where it belongs to none', async () => {
    const id = await begin({ ChecksumAlgorithm: 'SHA256' });
    await expect(part('x', 1, 'a')).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(part(id, 10_001, 'a')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(part(id, 1, 'a')).rejects.toMatchObject({
      message: 'Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32',
    });
    expect(rig.files.there.size).toBe(0);
  });
});

describe('UploadPartCopy', () => {
  it('makes a part of what is there', async () => {
    await rig.put('source', Buffer.concat([five, Buffer.from('0123456789')]));
    const id = await begin();
    const copy = (PartNumber: number, CopySourceRange?: string) =>
      rig.s3.send(
        new UploadPartCopyCommand({
          Bucket,
          Key,
          UploadId: id,
          PartNumber,
          CopySource: 'bucket/source',
          CopySourceRange,
        }),
      );
    const one = await copy(1);
    const two = await copy(2, `bytes=${five.length + 2}-${five.length + 4}`);
    await complete(
      id,
      [one, two].map(({ CopyPartResult }, at) => ({ PartNumber: at + 1, ETag: CopyPartResult!.ETag })),
    );
    expect((await rig.get(Key)).text.slice(-13)).toBe('0123456789234');
    expect(rig.files.there.size).toBe(1);
    const other = await begin();
    const bad = (CopySourceRange: string) =>
      rig.s3.send(
        new UploadPartCopyCommand({
          Bucket,
          Key,
          UploadId: other,
          PartNumber: 1,
          CopySource: 'bucket/source',
          CopySourceRange,
        }),
      );
    await expect(bad('bytes=0-99999999')).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(bad('bytes=5-')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('CreateMultipartUpload', () => {
  it('refuses checksums that cannot be made of parts', async () => {
    await expect(begin({ ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await expect(begin({ ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
    await expect(begin({ Bucket: 'nowhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    expect(await begin()).toMatch(/^[\w-]{64}$/);
  });
});

describe('AbortMultipartUpload', () => {
  it('leaves nothing', async () => {
    const id = await begin();
    await part(id, 1, 'a');
    const abort = () => rig.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: id }));
    await abort();
    await expect(abort()).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect.poll(() => rig.files.there.size).toBe(0);
  });
});

describe('ListMultipartUploads', () => {
  it('lists those that have not ended, by key', async () => {
    for (const key of ['a/1', 'b', 'b', 'c']) await begin({ Key: key });
    const list = (input: object) => rig.s3.send(new ListMultipartUploadsCommand({ Bucket, ...input }));
    const found: string[] = [];
    let markers = {};
    for (let more = true; more;) {
      const page = await list({ MaxUploads: 1, Delimiter: '/', ...markers });
      found.push(
        ...(page.Uploads ?? []).map(({ Key: key }) => key!),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
      );
      more = page.IsTruncated!;
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
    expect(found).toEqual(['a/', 'b', 'b', 'c']);
    expect((await list({ Prefix: 'b' })).Uploads).toHaveLength(2);
    await expect(list({ Bucket: 'nowhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('ListParts', () => {
  it('lists parts by number, page by page', async () => {
    const id = await begin();
    for (const number of [3, 1, 2]) await part(id, number, `${number}`);
    const list = (input: object) =>
      rig.s3.send(new ListPartsCommand({ Bucket, Key, UploadId: id, ...input }));
    const first = await list({ MaxParts: 2 });
    expect(first).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', ChecksumAlgorithm: 'CRC32' });
    expect(first.Parts!.map(({ PartNumber }) => PartNumber)).toEqual([1, 2]);
    const { Parts } = await list({ PartNumberMarker: first.NextPartNumberMarker });
    expect(Parts).toMatchObject([{ PartNumber: 3, Size: 1 }]);
    await expect(list({ UploadId: 'x' })).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});
