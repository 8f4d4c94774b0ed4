// CreateRole: a role that those may assume whom its trust policy names.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import type { Random } from '../../../../lib/random.ts';
import type { Call } from '../../../../wire/api.ts';
import { alreadyExists, quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentRole } from '../../present/entities.ts';
import { entityArn, entityKey, newEntityId } from '../../state/entity/entity.ts';
import type { Role } from '../../state/role/role.ts';
import { roles } from '../../state/role/roles.ts';
import { checkedBoundary } from '../identity/permissions-boundary.ts';
import { checkedName, checkedPath, checkedTags } from '../names.ts';
import { checkedDescription, checkedSessionDuration } from './role-settings.ts';
import { checkedTrustPolicy } from './trust-policy.ts';

const maxRoles = 1000;

export const createRole: IamOperation<'CreateRole'> = ({ store, random }, input, call) => {
  const name = checkedName(input.RoleName, 'roleName', 64);
  const path = checkedPath(input.Path);
  const tags = checkedTags(input.Tags);
  const maxSessionDuration = checkedSessionDuration(input.MaxSessionDuration);
  const description = checkedDescription(input.Description);
  return store.update((tx) => {
    const role = putNewRole(tx, random, call, {
      name,
      path,
      tags,
      maxSessionDuration,
      description,
      assumeRolePolicy: checkedTrustPolicy(tx, call, input.AssumeRolePolicyDocument),
      inlinePolicies: {},
      attachedPolicies: [],
      permissionsBoundary: checkedBoundary(tx, call, input.PermissionsBoundary),
    });
    return { Role: presentRole(tx, role, call) };
  });
};

/** Writes a role of a name that is free, within the account's quota. */
export function putNewRole(
  tx: WriteTransaction,
  random: Random,
  { accountId, now }: Call,
  settings: Omit<Unversioned<Role>, 'accountId' | 'id' | 'arn' | 'createdAt'>,
): Role {
  const { name, path } = settings;
  const table = tx.table(roles);
  if (table.get(entityKey(accountId, name)) !== undefined) throw alreadyExists('Role', name);
  if (table.count('account', { accountId }) >= maxRoles) throw quotaExceeded('RolesPerAccount', maxRoles);
  return table.put({
    ...settings,
    accountId,
    id: newEntityId(random, 'role'),
    arn: entityArn('role', accountId, path, name),
    createdAt: now,
  });
}
