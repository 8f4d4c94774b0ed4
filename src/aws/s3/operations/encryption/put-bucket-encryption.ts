// PutBucketEncryption: how objects are encrypted whose writer does not say, on record.
import { encryptionRule } from './encryption-rule.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketEncryption: S3Operation<'PutBucketEncryption'> = ({ store }, input, call) => {
  const encryption = encryptionRule(input.ServerSideEncryptionConfiguration);
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, encryption });
    return {};
  });
};
