// The API of Amazon Elastic File System: its operations, access and errors, for the wire.
import { operationNames } from '../../wire/model.ts';
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { limitsOf } from '../shared/input-limits.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { efsAccess } from './access.ts';
import type { Efs } from './efs.ts';
import { badRequest } from './errors.ts';
import { efsModel, type EfsOperations } from './shapes.generated.ts';
import { createAccessPoint } from './operations/access-point/create-access-point.ts';
import { createFileSystem } from './operations/file-system/create-file-system.ts';
import { createMountTarget } from './operations/mount-target/create-mount-target.ts';
import { deleteAccessPoint } from './operations/access-point/delete-access-point.ts';
import { deleteFileSystem } from './operations/file-system/delete-file-system.ts';
import { deleteFileSystemPolicy } from './operations/policy/delete-file-system-policy.ts';
import { deleteMountTarget } from './operations/mount-target/delete-mount-target.ts';
import { describeAccessPoints } from './operations/access-point/describe-access-points.ts';
import { describeBackupPolicy } from './operations/policy/describe-backup-policy.ts';
import { describeFileSystemPolicy } from './operations/policy/describe-file-system-policy.ts';
import { describeFileSystems } from './operations/file-system/describe-file-systems.ts';
import { describeLifecycleConfiguration } from './operations/file-system/describe-lifecycle-configuration.ts';
import { describeMountTargetSecurityGroups } from './operations/mount-target/describe-mount-target-security-groups.ts';
import { describeMountTargets } from './operations/mount-target/describe-mount-targets.ts';
import { listTagsForResource } from './operations/tag/list-tags-for-resource.ts';
import { modifyMountTargetSecurityGroups } from './operations/mount-target/modify-mount-target-security-groups.ts';
import { putBackupPolicy } from './operations/policy/put-backup-policy.ts';
import { putFileSystemPolicy } from './operations/policy/put-file-system-policy.ts';
import { putLifecycleConfiguration } from './operations/file-system/put-lifecycle-configuration.ts';
import { tagResource } from './operations/tag/tag-resource.ts';
import { untagResource } from './operations/tag/untag-resource.ts';
import { updateFileSystem } from './operations/file-system/update-file-system.ts';
import { updateFileSystemProtection } from './operations/file-system/update-file-system-protection.ts';

/** A row for each operation of the model. */
const table: OperationTable<EfsOperations, Efs> = {
  CreateAccessPoint: createAccessPoint,
  CreateFileSystem: createFileSystem,
  CreateMountTarget: createMountTarget,
  DeleteAccessPoint: deleteAccessPoint,
  DeleteFileSystem: deleteFileSystem,
  DeleteFileSystemPolicy: deleteFileSystemPolicy,
  DeleteMountTarget: deleteMountTarget,
  DescribeAccessPoints: describeAccessPoints,
  DescribeBackupPolicy: describeBackupPolicy,
  DescribeFileSystemPolicy: describeFileSystemPolicy,
  DescribeFileSystems: describeFileSystems,
  DescribeLifecycleConfiguration: describeLifecycleConfiguration,
  DescribeMountTargetSecurityGroups: describeMountTargetSecurityGroups,
  DescribeMountTargets: describeMountTargets,
  ListTagsForResource: listTagsForResource,
  ModifyMountTargetSecurityGroups: modifyMountTargetSecurityGroups,
  PutBackupPolicy: putBackupPolicy,
  PutFileSystemPolicy: putFileSystemPolicy,
  PutLifecycleConfiguration: putLifecycleConfiguration,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateFileSystem: updateFileSystem,
  UpdateFileSystemProtection: updateFileSystemProtection,
};

/** Characters of a text: a file system policy is the longest. */
const textLength = 20_480;

const invalidToken = (): Error =>
  badRequest('Invalid token. Use that of the previous answer, with the same parameters.');

/** The API over `efs`. */
export function efsApi(efs: Efs): Api {
  const markers = { input: 'Marker', output: 'NextMarker', invalid: invalidToken };
  const tokens = { input: 'NextToken', output: 'NextToken', invalid: invalidToken };
  const withMarkers = sealedPages(efs.pageSeal, markers, operationsOf(table, efs));
  return {
    model: efsModel,
    operations: sealedPages(efs.pageSeal, tokens, withMarkers),
    access: efsAccess(efs.store),
    limits: limitsOf(operationNames(efsModel), { textLength }),
    invalid: (_operation, message) => badRequest(message),
  };
}
