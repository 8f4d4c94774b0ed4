import {
  DeleteBucketTaggingCommand,
  GetBucketTaggingCommand,
  PutBucketTaggingCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const put = (TagSet: Tag[], bucket = Bucket) =>
  rig.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }));
const get = async (bucket = Bucket) =>
  (await rig.send(new GetBucketTaggingCommand({ Bucket: bucket }))).TagSet;
const noTags = {
  name: 'NoSuchTagSet',
  message: 'The TagSet does not exist',
  $metadata: { httpStatusCode: 404 },
};

describe('PutBucketTagging', () => {
  test('takes the whole set', async () => {
    await put([{ Key: 'team', Value: 'a b' }]);
    await put([
      { Key: 'stage', Value: 'test' },
      { Key: 'empty', Value: '' },
    ]);
    expect(await get()).toEqual([
      { Key: 'stage', Value: 'test' },
      { Key: 'empty', Value: '' },
    ]);
  });

  test.each<[string, Tag[], string, string]>([
    ['an empty key', [{ Key: '', Value: 'v' }], 'InvalidTag', 'The TagKey you have provided is invalid'],
    [
      'a long key',
      [{ Key: 'k'.repeat(129), Value: 'v' }],
      'InvalidTag',
      'The TagKey you have provided is invalid',
    ],
    [
      'a long value',
      [{ Key: 'k', Value: 'v'.repeat(257) }],
      'InvalidTag',
      'The TagValue you have provided is invalid',
    ],
    [
      'other characters',
      [{ Key: 'k', Value: '#' }],
      'InvalidTag',
      'The TagValue you have provided is invalid',
    ],
    [
      'a key of AWS',
      [{ Key: 'aws:k', Value: 'v' }],
      'InvalidTag',
      'System tags cannot be added/updated by requester',
    ],
    [
      'a key twice',
      [
        { Key: 'k', Value: 'v' },
        { Key: 'k', Value: 'w' },
      ],
      'InvalidTag',
      'Cannot provide multiple Tags with the same key',
    ],
    [
      'too many',
      Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
      'BadRequest',
      'Bucket tag count cannot be greater than 50',
    ],
  ])('refuses %s', async (_, tags, name, message) => {
    await expect(put(tags)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
    await expect(get()).rejects.toMatchObject(noTags);
  });

  test('finds no bucket', async () => {
    await expect(put([], 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketTagging', () => {
  test('tells the tags that a bucket was made with', async () => {
    const Tags = [{ Key: 'team', Value: 'x' }];
    await rig.create('others', { CreateBucketConfiguration: { Tags } });
    expect(await get('others')).toEqual(Tags);
  });

  test('finds none', async () => {
    await expect(get()).rejects.toMatchObject(noTags);
    await expect(get('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeleteBucketTagging', () => {
  test('takes them away, also where there are none', async () => {
    await put([{ Key: 'k', Value: 'v' }]);
    const remove = (name: string) => rig.send(new DeleteBucketTaggingCommand({ Bucket: name }));
    expect(await remove(Bucket)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(get()).rejects.toMatchObject(noTags);
    await remove(Bucket);
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
  });
});
