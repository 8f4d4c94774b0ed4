// GetBucketLifecycleConfiguration: the rules, as they were given.
import { noSuchLifecycle } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketLifecycleConfiguration: S3Operation<'GetBucketLifecycleConfiguration'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    const { lifecycle } = bucketOf(tx, call, input);
    if (lifecycle === undefined) throw noSuchLifecycle(input.Bucket);
    return {
      Rules: lifecycle.rules,
      TransitionDefaultMinimumObjectSize: lifecycle.transitionDefaultMinimumObjectSize,
    };
  });
