// GetObjectLockConfiguration: no bucket has a lock here.
import { noObjectLock } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getObjectLockConfiguration: S3Operation<'GetObjectLockConfiguration'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    throw noObjectLock(bucketOf(tx, call, input).name);
  });
