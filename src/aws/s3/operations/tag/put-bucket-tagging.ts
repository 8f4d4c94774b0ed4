// PutBucketTagging: the whole set of tags, in place of the one before.
import { tagsOf } from './tag-set.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketTagging: S3Operation<'PutBucketTagging'> = ({ store }, input, call) => {
  const tags = tagsOf(input.Tagging.TagSet);
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, tags });
    return {};
  });
};
