// GetBucketAccelerateConfiguration: whether transfers were suspended; nothing where that was never said.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketAccelerateConfiguration: S3Operation<'GetBucketAccelerateConfiguration'> = (
  { store },
  input,
  call,
) => store.view((tx) => ({ Status: bucketOf(tx, call, input).accelerate }));
