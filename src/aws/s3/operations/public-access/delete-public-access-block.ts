// DeletePublicAccessBlock: nothing of public access is kept out any more.
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deletePublicAccessBlock: S3Operation<'DeletePublicAccessBlock'> = ({ store }, input, call) =>
  store.update((tx) => {
    tx.table(buckets).put({ ...bucketToChange(tx, call, input), publicAccessBlock: undefined });
    return {};
  });
