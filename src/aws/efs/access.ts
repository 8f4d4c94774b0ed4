// What the caller of each EFS operation must be allowed to do it to: file systems and access points by their ARNs, with their tags.
import type { ReadTransaction, Store } from '../../store/store.ts';
import type { OperationAccess, Tags } from '../../wire/authorise.ts';
import type { Caller } from '../../wire/caller.ts';
import type { Members } from '../../wire/protocols/protocol.ts';
import { lastPart } from '../../lib/arn.ts';
import { accessPoints } from './state/access-point/access-points.ts';
import { accessPointArn, fileSystemArn, idOf } from './state/arn.ts';
import { fileSystems } from './state/file-system/file-systems.ts';
import { mountTargets } from './state/mount-target/mount-targets.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

type Named = (tx: ReadTransaction, input: Members, caller: Caller) => string | undefined;

const arnOfId = (caller: Caller, reference: string): string => {
  const id = idOf(caller, reference);
  return id.startsWith('fsap-') ? accessPointArn(caller, id) : fileSystemArn(caller, id);
};

const member =
  (name: string): Named =>
  (_tx, input, caller) => {
    const reference = text(input[name]);
    return reference && arnOfId(caller, reference);
  };

/** A mount target is used by the rights on its file system. */
const ofMountTarget: Named = (tx, input, caller) => {
  const target = tx.table(mountTargets).get(text(input['MountTargetId']) ?? '');
  return target && fileSystemArn(caller, target.fileSystemId);
};

const fileSystem = member('FileSystemId');
const accessPoint = member('AccessPointId');
const resource = member('ResourceId');

const named: Readonly<Record<string, Named>> = {
  CreateAccessPoint: fileSystem,
  CreateMountTarget: fileSystem,
  DeleteAccessPoint: accessPoint,
  DeleteFileSystem: fileSystem,
  DeleteFileSystemPolicy: fileSystem,
  DeleteMountTarget: ofMountTarget,
  DescribeAccessPoints: (tx, input, caller) =>
    accessPoint(tx, input, caller) ?? fileSystem(tx, input, caller),
  DescribeBackupPolicy: fileSystem,
  DescribeFileSystemPolicy: fileSystem,
  DescribeFileSystems: fileSystem,
  DescribeLifecycleConfiguration: fileSystem,
  DescribeMountTargetSecurityGroups: ofMountTarget,
  DescribeMountTargets: (tx, input, caller) =>
    accessPoint(tx, input, caller) ?? fileSystem(tx, input, caller) ?? ofMountTarget(tx, input, caller),
  ListTagsForResource: resource,
  ModifyMountTargetSecurityGroups: ofMountTarget,
  PutBackupPolicy: fileSystem,
  PutFileSystemPolicy: fileSystem,
  PutLifecycleConfiguration: fileSystem,
  TagResource: resource,
  UntagResource: resource,
  UpdateFileSystem: fileSystem,
  UpdateFileSystemProtection: fileSystem,
};

const requestTags = ({ Tags: tags }: Members): Tags => {
  const given = (Array.isArray(tags) ? tags : []) as readonly { Key: string; Value: string }[];
  return Object.fromEntries(given.map(({ Key, Value }) => [Key, Value]));
};

const conditions: OperationAccess['conditions'] = {
  'elasticfilesystem:Encrypted': (input) => [input['Encrypted'] === true ? 'true' : 'false'],
};

/** By operation, what `wire` asks before it runs. */
export function efsAccess(store: Store): Record<string, OperationAccess> {
  const rowOf = (arn: string) =>
    store.view((tx) => tx.table(accessPoints).get(lastPart(arn)) ?? tx.table(fileSystems).get(lastPart(arn)));
  const common = {
    conditions,
    requestTags,
    resourceTags: (arn: string) => {
      const found = rowOf(arn);
      return found && Object.fromEntries(found.tags.map(({ key, value }) => [key, value]));
    },
  };
  const ofResources = Object.entries(named).map(([name, of]): [string, OperationAccess] => [
    name,
    { ...common, resources: (input, caller) => [store.view((tx) => of(tx, input, caller)) ?? '*'] },
  ]);
  return { ...Object.fromEntries(ofResources), CreateFileSystem: { conditions, requestTags } };
}
