// Lists of objects, and versions, through the S3 client of the AWS SDK.
import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { S3Rig } from '../../../test-support/s3-rig.ts';

let rig: S3Rig;
beforeEach(async () => {
  rig = await S3Rig.open();
});
const Bucket = 'bucket';
const putAll = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await rig.put(key);
};

describe('ListObjectsV2', () => {
  it('lists in the order of bytes, with what objects are', async () => {
    await putAll('b', 'a', 'Z', 'ü', 'a/b');
    const { Contents, KeyCount, IsTruncated, Name, MaxKeys } = await rig.s3.send(
      new ListObjectsV2Command({ Bucket }),
    );
    expect(Contents!.map(({ Key }) => Key)).toEqual(['Z', 'a', 'a/b', 'b', 'ü']);
    expect({ KeyCount, IsTruncated, Name, MaxKeys }).toEqual({
      KeyCount: 5,
      IsTruncated: false,
      Name: 'bucket',
      MaxKeys: 1000,
    });
    expect(Contents![1]).toMatchObject({
      Size: 1,
      ETag: '"0cc175b9c0f1b6a831c399e269772661"',
      StorageClass: 'STANDARD',
    });
    expect(Contents![1]!.Owner).toBeUndefined();
    const { Contents: owned } = await rig.s3.send(new ListObjectsV2Command({ Bucket, FetchOwner: true }));
    expect(owned![0]!.Owner!.ID).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes together what is common, and goes on page by page', async () => {
    await putAll('a/1', 'a/2', 'b', 'c/1', 'c/2', 'd');
    expect(await rig.list({ Delimiter: '/' })).toEqual(['b', 'd', 'a/', 'c/']);
    expect(await rig.list({ Delimiter: '/', Prefix: 'a/' })).toEqual(['a/1', 'a/2']);
    expect(await rig.list({ StartAfter: 'b' })).toEqual(['c/1', 'c/2', 'd']);
    const found: string[][] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await rig.s3.send(
        new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 1, ContinuationToken }),
      );
      found.push([
        ...(page.Contents ?? []).map(({ Key }) => Key!),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
      ]);
      expect(page.KeyCount).toBe(1);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(found).toEqual([['a/'], ['b'], ['c/'], ['d']]);
    expect(await rig.list({ MaxKeys: 0 })).toEqual([]);
  });

  it('encodes keys where it is asked to', async () => {
    await putAll('a b/c+d', 'ü');
    expect(await rig.list({ EncodingType: 'url' })).toEqual(['a+b/c%2Bd', '%C3%BC']);
    await rig.put('x\u0001');
    expect(await rig.list({ EncodingType: 'url', Prefix: 'x' })).toEqual(['x%01']);
  });

  it('refuses what it did not hand out', async () => {
    await expect(rig.list({ ContinuationToken: 'x' })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(rig.list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(rig.list({ Bucket: 'nowhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('ListObjects', () => {
  it('goes on behind a marker', async () => {
    await putAll('a/1', 'b', 'c');
    const first = await rig.s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1, Delimiter: '/' }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'a/', CommonPrefixes: [{ Prefix: 'a/' }] });
    const second = await rig.s3.send(
      new ListObjectsCommand({ Bucket, Marker: first.NextMarker, Delimiter: '/' }),
    );
    expect(second.Contents!.map(({ Key }) => Key)).toEqual(['b', 'c']);
    expect(second.CommonPrefixes).toBeUndefined();
    await expect(rig.s3.send(new ListObjectsCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});

describe('ListObjectVersions', () => {
  const remove = (VersionId?: string, Key = 'k') =>
    rig.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));

  it('keeps what was written over, and what was deleted, once the bucket has versions', async () => {
    await rig.put('k', 'before');
    rig.setVersioning('Enabled');
    const { VersionId: one } = await rig.put('k', 'one');
    const { VersionId: two } = await rig.put('k', 'two');
    expect(one).toMatch(/^[A-Za-z0-9._]{32}$/);
    expect((await rig.get('k', { VersionId: one })).text).toBe('one');
    expect(await rig.get('k', { VersionId: 'null' })).toMatchObject({ text: 'before', VersionId: 'null' });
    const { DeleteMarker, VersionId: marker } = await remove();
    expect(DeleteMarker).toBe(true);
    await expect(rig.get('k')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(rig.get('k', { VersionId: marker })).rejects.toMatchObject({
      name: 'MethodNotAllowed',
      $metadata: { httpStatusCode: 405 },
    });
    await expect(rig.s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    const { versions, markers } = await rig.versions();
    expect(versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
      [two, false],
      [one, false],
      ['null', false],
    ]);
    expect(markers).toMatchObject([{ Key: 'k', VersionId: marker, IsLatest: true }]);
    expect(await rig.list()).toEqual([]);
    expect(await remove(marker)).toMatchObject({ DeleteMarker: true, VersionId: marker });
    expect((await rig.get('k')).text).toBe('two');
    expect(await remove(two)).toMatchObject({ VersionId: two });
    expect((await rig.get('k')).text).toBe('one');
    await expect(rig.s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });
  });

  it('has one version without an id while versions are suspended', async () => {
    rig.setVersioning('Enabled');
    const { VersionId: kept } = await rig.put('k', 'kept');
    rig.setVersioning('Suspended');
    expect(await rig.put('k', 'one')).toMatchObject({ VersionId: 'null' });
    await rig.put('k', 'two');
    expect((await rig.versions()).versions.map(({ VersionId }) => VersionId)).toEqual(['null', kept]);
    expect(await remove()).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    const { versions, markers } = await rig.versions();
    expect([versions.length, markers.length]).toEqual([1, 1]);
    await expect.poll(() => rig.files.there.size).toBe(1);
  });

  it('goes on within a key', async () => {
    rig.setVersioning('Enabled');
    await putAll('a', 'a', 'b', 'c/1', 'c/2');
    const found: string[] = [];
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
    for (let more = true; more;) {
      const page: ListObjectVersionsCommandOutput = await rig.s3.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 1, Delimiter: '/', KeyMarker, VersionIdMarker }),
      );
      found.push(
        ...(page.Versions ?? []).map(({ Key }) => Key!),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
      );
      more = page.IsTruncated!;
      [KeyMarker, VersionIdMarker] = [page.NextKeyMarker, page.NextVersionIdMarker];
    }
    expect(found).toEqual(['a', 'a', 'b', 'c/']);
    await expect(
      rig.s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'x' })),
    ).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('names the version that a copy is of', async () => {
    rig.setVersioning('Enabled');
    const { VersionId } = await rig.put('k', 'one');
    await rig.put('k', 'two');
    const copy = await rig.s3.send(
      new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `bucket/k?versionId=${VersionId}` }),
    );
    expect(copy.CopySourceVersionId).toBe(VersionId);
    expect((await rig.get('k')).text).toBe('one');
  });
});
