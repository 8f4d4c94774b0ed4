// GetObjectAcl: the grants that the canned ACL of the object stands for. They are on record: what is allowed is decided by policies.
import { presentOwner } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type { Grant } from '../../shapes.generated.ts';
import { objectOf } from '../resolve/object.ts';

const groups = 'http://acs.amazonaws.com/groups/global';
const toGroup = (name: string, permission: 'READ' | 'WRITE'): Grant => ({
  Grantee: { Type: 'Group', URI: `${groups}/${name}` },
  Permission: permission,
});

/** What each canned ACL gives beside what the owner has. */
const given: Readonly<Record<string, readonly Grant[]>> = {
  'public-read': [toGroup('AllUsers', 'READ')],
  'public-read-write': [toGroup('AllUsers', 'READ'), toGroup('AllUsers', 'WRITE')],
  'authenticated-read': [toGroup('AuthenticatedUsers', 'READ')],
};

export const getObjectAcl: S3Operation<'GetObjectAcl'> = async (s3, input, call) => {
  const { version } = await objectOf(s3, call, input, 'GET');
  const { owner, acl } = version.record;
  const Owner = presentOwner(owner);
  return {
    Owner,
    Grants: [
      { Grantee: { Type: 'CanonicalUser', ID: Owner.ID }, Permission: 'FULL_CONTROL' },
      ...(given[acl] ?? []),
    ],
  };
};
