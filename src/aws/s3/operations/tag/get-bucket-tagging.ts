// GetBucketTagging: the tags of a bucket; none are an error.
import { noSuchTagSet } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketTagging: S3Operation<'GetBucketTagging'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { tags } = bucketOf(tx, call, input);
    if (tags.length === 0) throw noSuchTagSet(input.Bucket);
    return { TagSet: tags.map(({ key: Key, value: Value }) => ({ Key, Value })) };
  });
