// PutBucketAcl: a list of grants, on record, where the bucket has such lists at all.
import { aclNotAllowed, publicAccessBlocked } from '../../errors.ts';
import { isPrivate, isPublicAcl } from '../../state/acl/grants.ts';
import { inputGrants } from './input-grants.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketArn } from '../../state/arn.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketAcl: S3Operation<'PutBucketAcl'> = ({ store }, input, call) => {
  const grants = inputGrants(input, call.accountId);
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    if (bucket.objectOwnership === 'BucketOwnerEnforced' && !isPrivate({ ...bucket, grants }))
      throw aclNotAllowed();
    if (bucket.publicAccessBlock?.BlockPublicAcls === true && isPublicAcl(grants))
      throw publicAccessBlocked(
        `User: ${call.principalArn} is not authorized to perform: s3:PutBucketAcl on resource: ` +
          `"${bucketArn(call.region, bucket.name)}" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
      );
    tx.table(buckets).put({ ...bucket, grants });
    return {};
  });
};
