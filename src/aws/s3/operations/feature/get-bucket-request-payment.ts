// GetBucketRequestPayment: nobody pays here.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketRequestPayment: S3Operation<'GetBucketRequestPayment'> = ({ store }, input, call) =>
  store.view((tx) => {
    bucketOf(tx, call, input);
    return { Payer: 'BucketOwner' };
  });
