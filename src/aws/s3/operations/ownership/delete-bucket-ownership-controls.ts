// DeleteBucketOwnershipControls: objects are their writers' again.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucketOwnershipControls: S3Operation<'DeleteBucketOwnershipControls'> = (
  { store },
  input,
  call,
) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), objectOwnership: undefined });
    return {};
  });
