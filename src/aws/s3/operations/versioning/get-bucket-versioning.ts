// GetBucketVersioning: nothing where versions were never kept.
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketVersioning: S3Operation<'GetBucketVersioning'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { Status, MFADelete } = bucketOf(tx, call, input).versioning ?? {};
    return { Status, MFADelete };
  });
