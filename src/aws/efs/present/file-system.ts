import type { ReadTransaction } from '../../../store/store.ts';
import type { Tag } from '../../shared/tag.ts';
import type { Presented } from '../../shared/presented.ts';
import type { FileSystemDescription, Tag as ShownTag } from '../shapes.generated.ts';
import type { FileSystem } from '../state/file-system/file-system.ts';
import { mountTargets } from '../state/mount-target/mount-targets.ts';

/** What EFS says of a file system that holds nothing. */
const emptySize = 6144;

export const presentFileSystem = (
  tx: ReadTransaction,
  fileSystem: FileSystem,
): Presented<FileSystemDescription> => ({
  OwnerId: fileSystem.accountId,
  CreationToken: fileSystem.creationToken,
  FileSystemId: fileSystem.id,
  FileSystemArn: fileSystem.arn,
  CreationTime: fileSystem.createdAt / 1000,
  LifeCycleState: fileSystem.state,
  Name: nameOf(fileSystem.tags),
  NumberOfMountTargets: tx.table(mountTargets).count('fileSystem', { fileSystemId: fileSystem.id }),
  // Without a time: it was never measured.
  SizeInBytes: { Value: emptySize, ValueInIA: 0, ValueInStandard: emptySize, ValueInArchive: 0 },
  PerformanceMode: fileSystem.performanceMode,
  Encrypted: fileSystem.encrypted,
  KmsKeyId: fileSystem.kmsKeyArn,
  ThroughputMode: fileSystem.throughputMode,
  ProvisionedThroughputInMibps: fileSystem.provisionedThroughput,
  AvailabilityZoneName: fileSystem.availabilityZoneName,
  AvailabilityZoneId: undefined,
  Tags: presentTags(fileSystem.tags),
  FileSystemProtection: { ReplicationOverwriteProtection: fileSystem.overwriteProtection },
});

export const presentTags = (tags: readonly Tag[]): readonly ShownTag[] =>
  tags.map(({ key, value }) => ({ Key: key, Value: value }));

/** What the tag Name says. */
export const nameOf = (tags: readonly Tag[]): string | undefined =>
  tags.find(({ key }) => key === 'Name')?.value;
