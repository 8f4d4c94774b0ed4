// PutObjectAcl: a canned ACL, on record, where the bucket takes any.
import { objectAclsNotSupported, unsupported } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { aclOf, refuseUnsupported } from '../object/object-record.ts';
import { changeRecord } from '../resolve/change-record.ts';
import { objectOf } from '../resolve/object.ts';

export const putObjectAcl: S3Operation<'PutObjectAcl'> = async (s3, input, call) => {
  refuseUnsupported(input);
  const { bucket, version } = await objectOf(s3, call, input, 'PUT');
  if (input.AccessControlPolicy !== undefined) {
    if (bucket.objectOwnership === 'BucketOwnerEnforced') throw objectAclsNotSupported();
    throw unsupported('lists of grants of objects: name a canned ACL');
  }
  await changeRecord(s3, call, input, version, { acl: aclOf(bucket, input.ACL) });
  return {};
};
