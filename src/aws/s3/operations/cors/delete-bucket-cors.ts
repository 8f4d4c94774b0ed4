// DeleteBucketCors: no pages of other origins may use the bucket.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucketCors: S3Operation<'DeleteBucketCors'> = ({ store }, input, call) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), cors: undefined });
    return {};
  });
