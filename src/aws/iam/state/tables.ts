import { accessKeyUses } from './access-key/access-key-uses.ts';
import { accessKeys } from './access-key/access-keys.ts';
import { accountAliases } from './account/account-alias.ts';
import { groups } from './group/groups.ts';
import { instanceProfiles } from './instance-profile/instance-profiles.ts';
import { managedPolicies } from './managed-policy/managed-policies.ts';
import { roles } from './role/roles.ts';
import { users } from './user/users.ts';

export const iamTables = [
  accessKeys,
  accessKeyUses,
  accountAliases,
  users,
  groups,
  roles,
  instanceProfiles,
  managedPolicies,
] as const;
