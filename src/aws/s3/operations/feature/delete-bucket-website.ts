// DeleteBucketWebsite: there is none to delete, which is no error.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const deleteBucketWebsite: S3Operation<'DeleteBucketWebsite'> = ({ store }, input, call) =>
  store.view((tx) => {
    bucketOf(tx, call, input);
    return {};
  });
