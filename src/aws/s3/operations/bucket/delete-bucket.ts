// DeleteBucket: nothing may be left in it. While it is looked into, nothing comes into it.
import { bucketNotEmpty, operationAborted } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketDeletions, buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const deleteBucket: S3Operation<'DeleteBucket'> = async ({ store, contents }, input, call) => {
  const { name, createdAt } = store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(bucketDeletions).put({ name: bucket.name });
    return bucket;
  });
  try {
    const isEmpty = await contents.isEmpty(name);
    if (!isEmpty) throw bucketNotEmpty(name);
    store.update((tx) => {
      if (tx.table(buckets).get(name)?.createdAt !== createdAt) throw operationAborted();
      tx.table(buckets).delete(name);
    });
    return {};
  } finally {
    store.update((tx) => tx.table(bucketDeletions).delete(name));
  }
};
