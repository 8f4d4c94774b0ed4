// GetBucketNotificationConfiguration: nobody is told of what happens in a bucket here.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketNotificationConfiguration: S3Operation<'GetBucketNotificationConfiguration'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    bucketOf(tx, call, input);
    return {};
  });
