// ListBucketIntelligentTieringConfigurations: none: there are none here.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const listBucketIntelligentTieringConfigurations: S3Operation<
  'ListBucketIntelligentTieringConfigurations'
> = ({ store }, input, call) =>
  store.view((tx) => {
    bucketOf(tx, call, input);
    return { IsTruncated: false };
  });
