// PutBucketVersioning: whether versions are kept from now on; those that there are stay.
import { illegalVersioning, unsupported } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketVersioning: S3Operation<'PutBucketVersioning'> = ({ store }, input, call) => {
  const { Status, MFADelete } = input.VersioningConfiguration;
  if (Status === undefined) throw illegalVersioning();
  if (MFADelete === 'Enabled') throw unsupported('MFA delete');
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, versioning: { Status, MFADelete } });
    return {};
  });
};
