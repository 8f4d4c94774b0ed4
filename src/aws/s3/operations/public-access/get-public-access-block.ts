// GetPublicAccessBlock: what of public access is kept out.
import { noPublicAccessBlock } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getPublicAccessBlock: S3Operation<'GetPublicAccessBlock'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { publicAccessBlock } = bucketOf(tx, call, input);
    if (publicAccessBlock === undefined) throw noPublicAccessBlock(input.Bucket);
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  });
