// GetBucketEncryption: how objects are encrypted whose writer does not say.
import type { S3Operation } from '../../s3.ts';
import { defaultEncryption } from './encryption-rule.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketEncryption: S3Operation<'GetBucketEncryption'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { encryption = defaultEncryption } = bucketOf(tx, call, input);
    return { ServerSideEncryptionConfiguration: { Rules: [encryption] } };
  });
