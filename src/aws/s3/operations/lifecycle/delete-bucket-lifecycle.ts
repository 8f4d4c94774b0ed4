// DeleteBucketLifecycle: nothing expires any more.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucketLifecycle: S3Operation<'DeleteBucketLifecycle'> = ({ store }, input, call) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), lifecycle: undefined });
    return {};
  });
