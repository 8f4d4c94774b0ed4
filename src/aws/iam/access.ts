// What the caller of each IAM operation must be allowed to do it to: the resources that IAM's own reference names, and condition keys.
import { inPartitionOf } from '../../lib/partition.ts';
import type { ReadTransaction, Store } from '../../store/store.ts';
import type { OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Tag } from '../shared/tag.ts';
import { entityKey, inHomePartition, type Actor, type Entity } from './state/entity/entity.ts';
import { groups } from './state/group/groups.ts';
import { instanceProfiles } from './state/instance-profile/instance-profiles.ts';
import { managedPolicies } from './state/managed-policy/managed-policies.ts';
import { roles } from './state/role/roles.ts';
import { users } from './state/user/users.ts';

/** Members of one name mean the same in all operations. */
interface References {
  readonly AWSServiceName?: string;
  readonly GroupName?: string;
  readonly InstanceProfileName?: string;
  readonly Path?: string;
  readonly PermissionsBoundary?: string;
  readonly PolicyArn?: string;
  readonly PolicyName?: string;
  readonly PolicySourceArn?: string;
  readonly RoleName?: string;
  readonly TagKeys?: readonly string[];
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly UserName?: string;
}

type Find = (input: References, caller: Caller, tx: ReadTransaction) => readonly string[];

const named = (
  kind: string,
  tableOf: (tx: ReadTransaction) => { get(key: string): Entity | undefined },
  member: 'GroupName' | 'InstanceProfileName' | 'RoleName' | 'UserName',
): Find => {
  return (input, { accountId }, tx) => {
    const name = input[member] ?? '';
    const found = tableOf(tx).get(entityKey(accountId, name));
    return [found?.arn ?? `arn:aws:iam::${accountId}:${kind}${input.Path ?? '/'}${name}`];
  };
};

/** Where no user is named, it is whoever asks. */
const user: Find = (input, caller, tx) =>
  input.UserName
    ? named('user', (view) => view.table(users), 'UserName')(input, caller, tx)
    : [caller.principalArn];
const group = named('group', (tx) => tx.table(groups), 'GroupName');
const role = named('role', (tx) => tx.table(roles), 'RoleName');
const profile = named('instance-profile', (tx) => tx.table(instanceProfiles), 'InstanceProfileName');
const policy: Find = ({ PolicyArn: arn, Path: path = '/', PolicyName: name }, { accountId }) => [
  arn ?? `arn:aws:iam::${accountId}:policy${path}${name}`,
];
const source: Find = ({ PolicySourceArn: arn = '*' }) => [arn];
const linkedRole: Find = ({ AWSServiceName: service }, { accountId }) => [
  `arn:aws:iam::${accountId}:role/aws-service-role/${service}/*`,
];

const all = (find: Find, ...operations: readonly string[]): readonly (readonly [string, Find])[] =>
  operations.map((operation) => [operation, find] as const);

/** Those that are not here act on `*`. */
const resources = new Map([
  ...all(user, 'AttachUserPolicy', 'CreateAccessKey', 'CreateUser', 'DeleteAccessKey', 'DeleteUser'),
  ...all(user, 'DeleteUserPermissionsBoundary', 'DeleteUserPolicy', 'DetachUserPolicy', 'GetUser'),
  ...all(user, 'GetUserPolicy', 'ListAccessKeys', 'ListAttachedUserPolicies', 'ListGroupsForUser'),
  ...all(user, 'ListUserPolicies', 'ListUserTags', 'PutUserPermissionsBoundary', 'PutUserPolicy'),
  ...all(user, 'DeleteLoginProfile', 'GetLoginProfile', 'ListMFADevices', 'ListSSHPublicKeys'),
  ...all(user, 'ListServiceSpecificCredentials', 'ListSigningCertificates'),
  ...all(user, 'TagUser', 'UntagUser', 'UpdateAccessKey', 'UpdateUser'),
  ...all(group, 'AddUserToGroup', 'AttachGroupPolicy', 'CreateGroup', 'DeleteGroup', 'DeleteGroupPolicy'),
  ...all(group, 'DetachGroupPolicy', 'GetGroup', 'GetGroupPolicy', 'ListAttachedGroupPolicies'),
  ...all(group, 'ListGroupPolicies', 'PutGroupPolicy', 'RemoveUserFromGroup', 'UpdateGroup'),
  ...all(role, 'AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePermissionsBoundary'),
  ...all(role, 'DeleteRolePolicy', 'DeleteServiceLinkedRole', 'DetachRolePolicy', 'GetRole', 'GetRolePolicy'),
  ...all(role, 'ListAttachedRolePolicies', 'ListInstanceProfilesForRole', 'ListRolePolicies', 'ListRoleTags'),
  ...all(role, 'PutRolePermissionsBoundary', 'PutRolePolicy', 'TagRole', 'UntagRole'),
  ...all(role, 'UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'),
  ...all(profile, 'AddRoleToInstanceProfile', 'CreateInstanceProfile', 'DeleteInstanceProfile'),
  ...all(profile, 'GetInstanceProfile', 'ListInstanceProfileTags', 'RemoveRoleFromInstanceProfile'),
  ...all(profile, 'TagInstanceProfile', 'UntagInstanceProfile'),
  ...all(policy, 'CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy', 'DeletePolicyVersion', 'GetPolicy'),
  ...all(policy, 'GetPolicyVersion', 'ListEntitiesForPolicy', 'ListPolicyTags', 'ListPolicyVersions'),
  ...all(policy, 'SetDefaultPolicyVersion', 'TagPolicy', 'UntagPolicy'),
  ...all(source, 'GetContextKeysForPrincipalPolicy', 'SimulatePrincipalPolicy'),
  ...all(linkedRole, 'CreateServiceLinkedRole'),
]);

/** By operation, what `wire` asks before it runs. */
export const iamAccess = (store: Store, operations: readonly string[]): Record<string, OperationAccess> =>
  Object.fromEntries(operations.map((name) => [name, accessOf(store, name)]));

function accessOf(store: Store, name: string): OperationAccess {
  const find = resources.get(name);
  return {
    ...(find && {
      resources: (input: References, caller) =>
        store.view((tx) => find(input, caller, tx)).map((arn) => inPartitionOf(caller.region, arn)),
    }),
    conditions: {
      'iam:PolicyARN': ({ PolicyArn: arn }: References) => (arn === undefined ? [] : [arn]),
      'iam:AWSServiceName': ({ AWSServiceName: service }: References) =>
        service === undefined ? [] : [service],
      'iam:PermissionsBoundary': (input: References, caller) =>
        store.view((tx) => boundaryIn(tx, input, caller)),
      ...(name.startsWith('Untag') && { 'aws:TagKeys': ({ TagKeys: keys = [] }: References) => keys }),
    },
    requestTags: ({ Tags: tags = [] }: References) =>
      Object.fromEntries(tags.map(({ Key: key = '', Value: value = '' }) => [key, value])),
    resourceTags: (resource) => store.view((tx) => tagsOf(tx, inHomePartition(resource))),
    ...(name === 'AddRoleToInstanceProfile' && {
      passedRoles: (input: References, caller) =>
        store
          .view((tx) => role(input, caller, tx))
          .map((arn) => ({ roleArn: inPartitionOf(caller.region, arn), service: 'ec2.amazonaws.com' })),
    }),
  };
}

/** The boundary that the request sets, else that of the user or role that it is about. */
function boundaryIn(
  tx: ReadTransaction,
  input: References,
  { accountId, region }: Caller,
): readonly string[] {
  if (input.PermissionsBoundary !== undefined) return [input.PermissionsBoundary];
  const actor: Actor | undefined = input.RoleName
    ? tx.table(roles).get(entityKey(accountId, input.RoleName))
    : tx.table(users).get(entityKey(accountId, input.UserName ?? ''));
  return actor?.permissionsBoundary === undefined ? [] : [inPartitionOf(region, actor.permissionsBoundary)];
}

function tagsOf(tx: ReadTransaction, arn: string): Tags | undefined {
  const [, accountId, kind, name] = /^arn:aws:iam::(\d{12}):([a-z-]+)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (accountId === undefined) return undefined;
  const key = entityKey(accountId, name!);
  const found =
    kind === 'user'
      ? tx.table(users).get(key)
      : kind === 'role'
        ? tx.table(roles).get(key)
        : kind === 'policy'
          ? tx.table(managedPolicies).get(arn)
          : tx.table(instanceProfiles).get(key);
  return found && tagRecord(found.tags);
}

const tagRecord = (tags: readonly Tag[]): Tags =>
  Object.fromEntries(tags.map(({ key, value }) => [key, value]));
