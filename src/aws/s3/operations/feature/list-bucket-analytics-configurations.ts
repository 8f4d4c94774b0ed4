// ListBucketAnalyticsConfigurations: none: there are none here.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const listBucketAnalyticsConfigurations: S3Operation<'ListBucketAnalyticsConfigurations'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    bucketOf(tx, call, input);
    return { IsTruncated: false };
  });
