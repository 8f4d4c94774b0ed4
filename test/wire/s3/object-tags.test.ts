import {
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { S3Rig } from '../../../test-support/s3-rig.ts';

let rig: S3Rig;
beforeEach(async () => {
  rig = await S3Rig.open();
});

const Bucket = 'bucket';

describe('PutObjectTagging', () => {
  it('writes the whole set, at most ten', async () => {
    await rig.put('k', 'x', { Tagging: 'old=1' });
    const put = (keys: string[]) =>
      rig.s3.send(
        new PutObjectTaggingCommand({
          Bucket,
          Key: 'k',
          Tagging: { TagSet: keys.map((key) => ({ Key: key, Value: 'v' })) },
        }),
      );
    await put(['a', 'b']);
    const tags = () => rig.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect((await tags()).TagSet).toEqual([
      { Key: 'a', Value: 'v' },
      { Key: 'b', Value: 'v' },
    ]);
    await expect(put(Array.from({ length: 11 }, (_, at) => `k${at}`))).rejects.toMatchObject({
      name: 'BadRequest',
    });
    await expect(put(['a', 'a'])).rejects.toMatchObject({ name: 'InvalidTag' });
  });
});

describe('GetObjectTagging', () => {
  it('answers none of an object without', async () => {
    await rig.put('k');
    const { TagSet } = await rig.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect(TagSet).toEqual([]);
    await expect(rig.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });
});

describe('DeleteObjectTagging', () => {
  it('takes all away', async () => {
    await rig.put('k', 'x', { Tagging: 'a=1' });
    await rig.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect((await rig.get('k')).TagCount).toBeUndefined();
    await expect(rig.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'no' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
  });
});
