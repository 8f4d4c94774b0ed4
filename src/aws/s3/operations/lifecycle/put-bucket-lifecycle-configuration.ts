// PutBucketLifecycleConfiguration: all rules, in place of those before; a controller acts by them.
import { checkedRules } from './check-rules.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketLifecycleConfiguration: S3Operation<'PutBucketLifecycleConfiguration'> = (
  { store, random },
  input,
  call,
) => {
  const { TransitionDefaultMinimumObjectSize: size = 'all_storage_classes_128K' } = input;
  const rules = checkedRules(input.LifecycleConfiguration?.Rules ?? [], random);
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    tx.table(buckets).put({ ...bucket, lifecycle: { rules, transitionDefaultMinimumObjectSize: size } });
    return { TransitionDefaultMinimumObjectSize: size };
  });
};
