// GetBucketReplication: nothing is replicated here.
import { noReplication } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketReplication: S3Operation<'GetBucketReplication'> = ({ store }, input, call) =>
  store.view((tx) => {
    throw noReplication(bucketOf(tx, call, input).name);
  });
