// HeadBucket: whether there is such a bucket, and where.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const headBucket: S3Operation<'HeadBucket'> = ({ store }, input, call) =>
  store.view((tx) => ({ BucketRegion: bucketOf(tx, call, input).region, AccessPointAlias: false }));
