// Managed policies as answers show them.
import { inPartitionOf } from '../../../lib/partition.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import type { Presented } from '../../shared/presented.ts';
import type * as shapes from '../shapes.generated.ts';
import { groups } from '../state/group/groups.ts';
import type { ManagedPolicy, PolicyVersion } from '../state/managed-policy/managed-policy.ts';
import { roles } from '../state/role/roles.ts';
import { users } from '../state/user/users.ts';
import { encodedDocument } from './document.ts';
import { presentTags } from './entities.ts';

/** To how many users, groups and roles of the account it is attached. */
export const attachmentCount = (
  tx: ReadTransaction,
  { arn: policy }: ManagedPolicy,
  { accountId }: Call,
): number =>
  [users, groups, roles]
    .map((table) => tx.table(table as typeof groups).count('policy', { accountId, policy }))
    .reduce((sum, count) => sum + count);

/** Of how many users and roles of the account it is the permissions boundary. */
export const boundaryCount = (tx: ReadTransaction, { arn }: ManagedPolicy, { accountId }: Call): number =>
  tx.table(users).count('boundary', { accountId, permissionsBoundary: arn }) +
  tx.table(roles).count('boundary', { accountId, permissionsBoundary: arn });

/** As lists show it. */
export const presentListedPolicy = (
  tx: ReadTransaction,
  policy: ManagedPolicy,
  call: Call,
): Presented<shapes.Policy> => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: inPartitionOf(call.region, policy.arn),
  Path: policy.path,
  DefaultVersionId: policy.defaultVersionId,
  AttachmentCount: attachmentCount(tx, policy, call),
  PermissionsBoundaryUsageCount: boundaryCount(tx, policy, call),
  IsAttachable: true,
  Description: undefined,
  CreateDate: policy.createdAt / 1000,
  UpdateDate: policy.updatedAt / 1000,
  Tags: undefined,
});

export const presentPolicy = (
  tx: ReadTransaction,
  policy: ManagedPolicy,
  call: Call,
): Presented<shapes.Policy> => ({
  ...presentListedPolicy(tx, policy, call),
  Description: policy.description,
  Tags: presentTags(policy.tags),
});

/** As lists show it. */
export const presentListedVersion = (
  { id, createdAt }: PolicyVersion,
  { defaultVersionId }: ManagedPolicy,
): Presented<shapes.PolicyVersion> => ({
  Document: undefined,
  VersionId: id,
  IsDefaultVersion: id === defaultVersionId,
  CreateDate: createdAt / 1000,
});

export const presentVersion = (
  version: PolicyVersion,
  policy: ManagedPolicy,
): Presented<shapes.PolicyVersion> => ({
  ...presentListedVersion(version, policy),
  Document: encodedDocument(version.document),
});
