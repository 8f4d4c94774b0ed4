// GetBucketPolicy: the policy as it was given, of the principals that there still are.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import { noSuchPolicy } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const getBucketPolicy: S3Operation<'GetBucketPolicy'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { policy } = bucketOf(tx, call, input);
    if (policy === undefined) throw noSuchPolicy(input.Bucket);
    return { Policy: withPrincipalArns(tx, call, policy) };
  });
