// DeleteBucketEncryption: back to what every bucket has.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucketEncryption: S3Operation<'DeleteBucketEncryption'> = ({ store }, input, call) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), encryption: undefined });
    return {};
  });
