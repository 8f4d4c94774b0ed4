// GetAccountAuthorizationDetails: everything that decides who may do what, on one list.
import { inPartitionOf } from '../../../../lib/partition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { IamOperation } from '../../iam.ts';
import { encodedDocument } from '../../present/document.ts';
import {
  presentBoundary,
  presentGroup,
  presentInstanceProfile,
  presentLastUsed,
  presentListedRole,
  presentListedUser,
  presentTags,
} from '../../present/entities.ts';
import { attachmentCount, presentPolicy, presentVersion } from '../../present/managed-policy.ts';
import type * as shapes from '../../shapes.generated.ts';
import type { Identity } from '../../state/entity/entity.ts';
import type { Group } from '../../state/group/group.ts';
import { groups } from '../../state/group/groups.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { awsManagedPolicies } from '../../state/managed-policy/aws-managed-policies.ts';
import { managedPolicies } from '../../state/managed-policy/managed-policies.ts';
import type { ManagedPolicy } from '../../state/managed-policy/managed-policy.ts';
import type { Role } from '../../state/role/role.ts';
import { roles } from '../../state/role/roles.ts';
import type { User } from '../../state/user/user.ts';
import { users } from '../../state/user/users.ts';
import { presentAttached } from '../identity/attached-policies.ts';
import { iamPage } from '../page.ts';

/** An entry of the list, in whose order the kinds are. */
type Entry =
  | {
      readonly kind: 'AWSManagedPolicy' | 'LocalManagedPolicy';
      readonly key: string;
      readonly row: ManagedPolicy;
    }
  | { readonly kind: 'Group'; readonly key: string; readonly row: Group }
  | { readonly kind: 'Role'; readonly key: string; readonly row: Role }
  | { readonly kind: 'User'; readonly key: string; readonly row: User };

const placeOf = ({ kind, key }: Entry): string => `${kind} ${key}`;

export const getAccountAuthorizationDetails: IamOperation<'GetAccountAuthorizationDetails'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    const { Filter: filter = [] } = input;
    const isWanted = ({ kind }: Entry) => filter.length === 0 || filter.includes(kind);
    const all = entriesOf(tx, call)
      .filter(isWanted)
      .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const { items, end } = iamPage(
      'details',
      input,
      (after) => all.filter((entry) => after === undefined || placeOf(entry) > after),
      placeOf,
      (entry) => entry,
    );
    return {
      UserDetailList: items.flatMap((entry) =>
        entry.kind === 'User' ? [userDetail(tx, entry.row, call)] : [],
      ),
      GroupDetailList: items.flatMap((entry) =>
        entry.kind === 'Group' ? [groupDetail(entry.row, call)] : [],
      ),
      RoleDetailList: items.flatMap((entry) =>
        entry.kind === 'Role' ? [roleDetail(tx, entry.row, call)] : [],
      ),
      Policies: items.flatMap((entry) =>
        entry.kind === 'AWSManagedPolicy' || entry.kind === 'LocalManagedPolicy'
          ? [policyDetail(tx, entry.row, call)]
          : [],
      ),
      ...end,
    };
  });

function entriesOf(tx: ReadTransaction, call: Call): readonly Entry[] {
  const inUse = [...awsManagedPolicies().values()].filter((policy) => attachmentCount(tx, policy, call) > 0);
  return [
    ...inUse.map((row): Entry => ({ kind: 'AWSManagedPolicy', key: row.arn, row })),
    ...Array.from(tx.table(managedPolicies).by('account', call), (row): Entry => ({
      kind: 'LocalManagedPolicy',
      key: row.arn,
      row,
    })),
    ...Array.from(tx.table(groups).by('account', call), (row): Entry => ({
      kind: 'Group',
      key: groups.key(row),
      row,
    })),
    ...Array.from(tx.table(roles).by('account', call), (row): Entry => ({
      kind: 'Role',
      key: roles.key(row),
      row,
    })),
    ...Array.from(tx.table(users).by('account', call), (row): Entry => ({
      kind: 'User',
      key: users.key(row),
      row,
    })),
  ];
}

const inline = ({ inlinePolicies }: Identity): readonly shapes.PolicyDetail[] =>
  Object.entries(inlinePolicies).map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: encodedDocument(document),
  }));

const attached = ({ attachedPolicies }: Identity, call: Call): readonly shapes.AttachedPolicy[] =>
  attachedPolicies.map((arn) => presentAttached(arn, call));

function userDetail(tx: ReadTransaction, user: User, call: Call): shapes.UserDetail {
  const { Path, UserName, UserId, Arn, CreateDate } = presentListedUser(user, call);
  return {
    ...{ Path, UserName, UserId, Arn, CreateDate },
    UserPolicyList: inline(user),
    GroupList: user.groups.map((key) => tx.table(groups).get(key)!.name),
    AttachedManagedPolicies: attached(user, call),
    PermissionsBoundary: presentBoundary(user, call),
    Tags: presentTags(user.tags),
  };
}

const groupDetail = (group: Group, call: Call): shapes.GroupDetail => ({
  ...presentGroup(group, call),
  GroupPolicyList: inline(group),
  AttachedManagedPolicies: attached(group, call),
});

function roleDetail(tx: ReadTransaction, role: Role, call: Call): shapes.RoleDetail {
  const { Path, RoleName, RoleId, Arn, CreateDate, AssumeRolePolicyDocument } = presentListedRole(
    tx,
    role,
    call,
  );
  const profiles = tx.table(instanceProfiles).by('role', { role: roles.key(role) });
  return {
    ...{ Path, RoleName, RoleId, Arn, CreateDate, AssumeRolePolicyDocument },
    InstanceProfileList: Array.from(profiles, (profile) => presentInstanceProfile(tx, profile, call)),
    RolePolicyList: inline(role),
    AttachedManagedPolicies: attached(role, call),
    PermissionsBoundary: presentBoundary(role, call),
    Tags: presentTags(role.tags),
    RoleLastUsed: presentLastUsed(role),
  };
}

function policyDetail(tx: ReadTransaction, policy: ManagedPolicy, call: Call): shapes.ManagedPolicyDetail {
  const { Tags: _, ...shown } = presentPolicy(tx, policy, call);
  return {
    ...shown,
    Arn: inPartitionOf(call.region, policy.arn),
    PolicyVersionList: policy.versions.map((version) => presentVersion(version, policy)),
  };
}
