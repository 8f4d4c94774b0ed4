// GetBucketWebsite: no bucket is a website here.
import { noSuchWebsite } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketWebsite: S3Operation<'GetBucketWebsite'> = ({ store }, input, call) =>
  store.view((tx) => {
    throw noSuchWebsite(bucketOf(tx, call, input).name);
  });
