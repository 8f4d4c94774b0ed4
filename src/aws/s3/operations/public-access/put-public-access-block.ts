// PutPublicAccessBlock: all four settings; what is not given is off.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putPublicAccessBlock: S3Operation<'PutPublicAccessBlock'> = ({ store }, input, call) => {
  const {
    BlockPublicAcls = false,
    IgnorePublicAcls = false,
    BlockPublicPolicy = false,
    RestrictPublicBuckets = false,
  } = input.PublicAccessBlockConfiguration;
  const publicAccessBlock = { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets };
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, publicAccessBlock });
    return {};
  });
};
