// DeleteBucketPolicy: takes the policy away, whether there is one or not.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucketPolicy: S3Operation<'DeleteBucketPolicy'> = ({ store }, input, call) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), policy: undefined });
    return {};
  });
