// Finds what an input names, or says that it is not there.
import type { ReadTransaction } from '../../../store/store.ts';
import type { Caller } from '../../../wire/caller.ts';
import { instanceProfileNotFound, notFound, ownedByAws, policyNotFound, unmodifiable } from '../errors.ts';
import { entityKey } from '../state/entity/entity.ts';
import type { Group } from '../state/group/group.ts';
import { groups } from '../state/group/groups.ts';
import type { InstanceProfile } from '../state/instance-profile/instance-profile.ts';
import { instanceProfiles } from '../state/instance-profile/instance-profiles.ts';
import { awsAccount } from '../state/managed-policy/aws-managed-policies.ts';
import { findManagedPolicy } from '../state/managed-policy/find-managed-policy.ts';
import type { ManagedPolicy } from '../state/managed-policy/managed-policy.ts';
import type { Role } from '../state/role/role.ts';
import { roles } from '../state/role/roles.ts';
import type { User } from '../state/user/user.ts';
import { users } from '../state/user/users.ts';

type Account = Pick<Caller, 'accountId'>;

export function userNamed(tx: ReadTransaction, { accountId }: Account, name: string): User {
  const user = tx.table(users).get(entityKey(accountId, name));
  if (user === undefined) throw notFound('user', name);
  return user;
}

export function groupNamed(tx: ReadTransaction, { accountId }: Account, name: string): Group {
  const group = tx.table(groups).get(entityKey(accountId, name));
  if (group === undefined) throw notFound('group', name);
  return group;
}

export function roleNamed(tx: ReadTransaction, { accountId }: Account, name: string): Role {
  const role = tx.table(roles).get(entityKey(accountId, name));
  if (role === undefined) throw notFound('role', name);
  return role;
}

/** A role that its account may change: those of services are the services'. */
export function roleToChange(tx: ReadTransaction, account: Account, name: string): Role {
  const role = roleNamed(tx, account, name);
  if (role.linkedService !== undefined) throw unmodifiable(role.name);
  return role;
}

export function instanceProfileNamed(
  tx: ReadTransaction,
  { accountId }: Account,
  name: string,
): InstanceProfile {
  const profile = tx.table(instanceProfiles).get(entityKey(accountId, name));
  if (profile === undefined) throw instanceProfileNotFound(name);
  return profile;
}

/** A managed policy of the account, or of AWS. */
export function policyOf(tx: ReadTransaction, { accountId }: Account, arn: string): ManagedPolicy {
  const policy = findManagedPolicy(tx, accountId, arn);
  if (policy === undefined) throw policyNotFound(arn);
  return policy;
}

/** A managed policy that its account may change by `action`. */
export function policyToChange(
  tx: ReadTransaction,
  caller: Caller,
  action: string,
  arn: string,
): ManagedPolicy {
  const policy = policyOf(tx, caller, arn);
  if (policy.accountId === awsAccount) throw ownedByAws(caller.principalArn, action, arn);
  return policy;
}
