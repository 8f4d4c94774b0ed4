// GetBucketPolicyStatus: whether the policy lets in everybody.
import { noSuchPolicy } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { isPublicPolicy } from '../../state/policy/public-policy.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketPolicyStatus: S3Operation<'GetBucketPolicyStatus'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { policy } = bucketOf(tx, call, input);
    if (policy === undefined) throw noSuchPolicy(input.Bucket);
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  });
