// PutBucketOwnershipControls: whose the objects are; where they are the owner's by force, nobody else may have been given anything.
import { aclsNotSupported, malformedXml } from '../../errors.ts';
import { isPrivate } from '../../state/acl/grants.ts';
import type { S3Operation } from '../../s3.ts';
import { buckets } from '../../state/bucket/buckets.ts';
import { bucketToChange } from '../resolve/bucket.ts';

export const putBucketOwnershipControls: S3Operation<'PutBucketOwnershipControls'> = (
  { store },
  input,
  call,
) => {
  const [rule, ...others] = input.OwnershipControls.Rules;
  if (rule === undefined || others.length > 0) throw malformedXml('There must be one rule.');
  const { ObjectOwnership: objectOwnership } = rule;
  return store.update((tx) => {
    const bucket = bucketToChange(tx, call, input);
    if (objectOwnership === 'BucketOwnerEnforced' && !isPrivate(bucket)) throw aclsNotSupported();
    tx.table(buckets).put({ ...bucket, objectOwnership });
    return {};
  });
};
