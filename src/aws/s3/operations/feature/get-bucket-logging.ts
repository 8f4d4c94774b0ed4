// GetBucketLogging: requests are not logged into buckets here.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketLogging: S3Operation<'GetBucketLogging'> = ({ store }, input, call) =>
  store.view((tx) => {
    bucketOf(tx, call, input);
    return {};
  });
