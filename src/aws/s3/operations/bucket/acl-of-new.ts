// The access control list that a bucket is to be created with: it must go with what the bucket is closed by.
import { aclsNotSupported, publicAclBlocked } from '../../errors.ts';
import type { CreateBucketRequest, ObjectOwnership } from '../../shapes.generated.ts';

/** Throws InvalidBucketAclWithObjectOwnership, or InvalidBucketAclWithBlockPublicAccessError. */
export function checkAclOfNew(input: CreateBucketRequest, ownership: ObjectOwnership): void {
  const {
    ACL: canned = 'private',
    GrantFullControl,
    GrantRead,
    GrantReadACP,
    GrantWrite,
    GrantWriteACP,
  } = input;
  const grants = [GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].filter(
    (one) => one !== undefined,
  );
  if (ownership === 'BucketOwnerEnforced' && (canned !== 'private' || grants.length > 0))
    throw aclsNotSupported();
  // A new bucket blocks all public access.
  if (canned.startsWith('public-') || grants.some((grant) => /groups\/global\/(AllUsers|Auth)/.test(grant)))
    throw publicAclBlocked();
}
