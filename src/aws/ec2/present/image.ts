import type * as ec2 from '../shapes.generated.ts';
import { imageOwnerId, type HostImage } from '../state/image/host-images.ts';

export const presentImage = (image: HostImage): ec2.Image => ({
  ImageId: image.id,
  Name: image.name,
  Description: image.description,
  ImageLocation: `amazon/${image.name}`,
  ImageOwnerAlias: 'amazon',
  OwnerId: imageOwnerId,
  ImageType: 'machine',
  Architecture: image.architecture,
  State: 'available',
  Public: true,
  CreationDate: image.createdAt,
  RootDeviceName: image.rootDeviceName,
  RootDeviceType: 'ebs',
  BlockDeviceMappings: [
    {
      DeviceName: image.rootDeviceName,
      Ebs: {
        DeleteOnTermination: true,
        Encrypted: false,
        VolumeSize: image.rootVolumeSize,
        VolumeType: 'gp3',
      },
    },
  ],
  VirtualizationType: 'hvm',
  Hypervisor: 'xen',
  EnaSupport: true,
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  ImdsSupport: 'v2.0',
  Tags: [],
});
