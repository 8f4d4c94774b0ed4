// GetBucketOwnershipControls: whose the objects are.
import { noOwnershipControls } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketOwnershipControls: S3Operation<'GetBucketOwnershipControls'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    const { objectOwnership } = bucketOf(tx, call, input);
    if (objectOwnership === undefined) throw noOwnershipControls(input.Bucket);
    return { OwnershipControls: { Rules: [{ ObjectOwnership: objectOwnership }] } };
  });
