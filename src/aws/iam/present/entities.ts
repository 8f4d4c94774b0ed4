// Users, groups, roles and instance profiles as answers show them.
import { inPartitionOf } from '../../../lib/partition.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import type { Presented } from '../../shared/presented.ts';
import type { Tag } from '../../shared/tag.ts';
import type * as shapes from '../shapes.generated.ts';
import type { Actor } from '../state/entity/entity.ts';
import type { Group } from '../state/group/group.ts';
import type { InstanceProfile } from '../state/instance-profile/instance-profile.ts';
import { withPrincipalArns } from '../state/principal/named-principals.ts';
import type { Role } from '../state/role/role.ts';
import { roles } from '../state/role/roles.ts';
import type { User } from '../state/user/user.ts';
import { encodedDocument } from './document.ts';

export const presentTags = (tags: readonly Tag[]): readonly shapes.Tag[] =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }));

/** Undefined where there are none: AWS leaves the member out. */
const tagsUnlessNone = (tags: readonly Tag[]) => (tags.length === 0 ? undefined : presentTags(tags));

export const presentBoundary = (
  { permissionsBoundary }: Actor,
  { region }: Call,
): shapes.AttachedPermissionsBoundary | undefined =>
  permissionsBoundary === undefined
    ? undefined
    : {
        // The word that AWS answers, which is not the one in its model.
        PermissionsBoundaryType: 'Policy' as 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: inPartitionOf(region, permissionsBoundary),
      };

/** As lists show it: without what only GetUser shows. */
export const presentListedUser = (user: User, call: Call): Presented<shapes.User> => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: inPartitionOf(call.region, user.arn),
  CreateDate: user.createdAt / 1000,
  PasswordLastUsed: undefined,
  PermissionsBoundary: undefined,
  Tags: undefined,
});

export const presentUser = (user: User, call: Call): Presented<shapes.User> => ({
  ...presentListedUser(user, call),
  PermissionsBoundary: presentBoundary(user, call),
  Tags: tagsUnlessNone(user.tags),
});

export const presentGroup = (group: Group, { region }: Call): Presented<shapes.Group> => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: inPartitionOf(region, group.arn),
  CreateDate: group.createdAt / 1000,
});

/** As lists show it: without what only GetRole shows. */
export const presentListedRole = (tx: ReadTransaction, role: Role, call: Call): Presented<shapes.Role> => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: inPartitionOf(call.region, role.arn),
  CreateDate: role.createdAt / 1000,
  AssumeRolePolicyDocument: encodedDocument(withPrincipalArns(tx, call, role.assumeRolePolicy)),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDuration,
  PermissionsBoundary: undefined,
  Tags: undefined,
  RoleLastUsed: undefined,
  SourceRoleTemplate: undefined,
});

export const presentRole = (tx: ReadTransaction, role: Role, call: Call): Presented<shapes.Role> => ({
  ...presentListedRole(tx, role, call),
  PermissionsBoundary: presentBoundary(role, call),
  Tags: tagsUnlessNone(role.tags),
  RoleLastUsed: presentLastUsed(role),
});

export const presentLastUsed = ({ lastUsed }: Role): Presented<shapes.RoleLastUsed> => ({
  LastUsedDate: lastUsed && lastUsed.at / 1000,
  Region: lastUsed?.region,
});

export function presentInstanceProfile(
  tx: ReadTransaction,
  profile: InstanceProfile,
  call: Call,
): Presented<shapes.InstanceProfile> {
  const role = profile.role === undefined ? undefined : tx.table(roles).get(profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: inPartitionOf(call.region, profile.arn),
    CreateDate: profile.createdAt / 1000,
    Roles: role === undefined ? [] : [presentListedRole(tx, role, call)],
    Tags: tagsUnlessNone(profile.tags),
  };
}
