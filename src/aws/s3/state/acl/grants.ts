// Access control lists: on record, for clients that read them. What they grant decides nothing; policies do.
import type { BucketCannedACL, Grant } from '../../shapes.generated.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { canonicalUserId } from '../canonical-user.ts';

const groups = 'http://acs.amazonaws.com/groups/';
const everybody = `${groups}global/AllUsers`;
const everyUser = `${groups}global/AuthenticatedUsers`;

const toGroup = (URI: string, Permission: NonNullable<Grant['Permission']>): Grant => ({
  Grantee: { Type: 'Group', URI },
  Permission,
});

/** What the owner has. */
export const ownerGrant = (accountId: string): Grant => ({
  Grantee: { Type: 'CanonicalUser', ID: canonicalUserId(accountId) },
  Permission: 'FULL_CONTROL',
});

/** The grants of a list that has a name. */
export function cannedGrants(canned: BucketCannedACL, accountId: string): readonly Grant[] {
  const own = ownerGrant(accountId);
  switch (canned) {
    case 'private':
      return [own];
    case 'public-read':
      return [own, toGroup(everybody, 'READ')];
    case 'public-read-write':
      return [own, toGroup(everybody, 'READ'), toGroup(everybody, 'WRITE')];
    case 'authenticated-read':
      return [own, toGroup(everyUser, 'READ')];
  }
}

/** Whether nobody but the owner is given anything. */
export const isPrivate = ({ grants = [], accountId }: Pick<Bucket, 'grants' | 'accountId'>): boolean =>
  grants.every(({ Grantee }) => Grantee?.ID === canonicalUserId(accountId));

/** Whether everybody is given something. */
export const isPublicAcl = (grants: readonly Grant[]): boolean =>
  grants.some(({ Grantee }) => Grantee?.URI === everybody || Grantee?.URI === everyUser);
