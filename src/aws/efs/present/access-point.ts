import type { Presented } from '../../shared/presented.ts';
import type { AccessPointDescription } from '../shapes.generated.ts';
import type { AccessPoint } from '../state/access-point/access-point.ts';
import { nameOf, presentTags } from './file-system.ts';

export const presentAccessPoint = (accessPoint: AccessPoint): Presented<AccessPointDescription> => ({
  ClientToken: accessPoint.clientToken,
  Name: nameOf(accessPoint.tags),
  Tags: presentTags(accessPoint.tags),
  AccessPointId: accessPoint.id,
  AccessPointArn: accessPoint.arn,
  FileSystemId: accessPoint.fileSystemId,
  PosixUser: accessPoint.posixUser,
  RootDirectory: {
    Path: accessPoint.rootDirectory.path,
    CreationInfo: accessPoint.rootDirectory.creationInfo,
  },
  OwnerId: accessPoint.accountId,
  LifeCycleState: 'available',
});
