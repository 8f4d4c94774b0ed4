// PutBucketPolicy: who else may do what with the bucket and what is in it.
import { publicAccessBlocked } from '../../errors.ts';
import { isPublicPolicy } from '../../state/policy/public-policy.ts';
import { checkPolicy, keptPolicy } from './check-policy.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketArn } from '../../state/arn.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketPolicy: S3Operation<'PutBucketPolicy'> = ({ store }, input, call) => {
  const { Policy: policy } = input;
  checkPolicy(policy, input.Bucket);
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    if (bucket.publicAccessBlock?.BlockPublicPolicy === true && isPublicPolicy(policy))
      throw publicAccessBlocked(
        `User: ${call.principalArn} is not authorized to perform: s3:PutBucketPolicy on resource: ` +
          `"${bucketArn(call.region, bucket.name)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      );
    tx.table(buckets).put({ ...bucket, policy: keptPolicy(tx, call, policy) });
    return {};
  });
};
