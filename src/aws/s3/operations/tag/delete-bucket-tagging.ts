// DeleteBucketTagging: takes all tags away.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucketTagging: S3Operation<'DeleteBucketTagging'> = ({ store }, input, call) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), tags: [] });
    return {};
  });
