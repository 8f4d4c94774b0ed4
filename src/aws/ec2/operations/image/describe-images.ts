// DescribeImages: those that hosts are started from. Nobody makes others here.
import { hostImages, imageOwnerId, type HostImage } from '../../state/image/host-images.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { imageNotFound } from '../../errors.ts';
import { presentImage } from '../../present/image.ts';
import { describe, listed, type Filters } from '../describe.ts';

const filters: Filters<HostImage> = {
  architecture: ({ architecture }) => architecture,
  'block-device-mapping.delete-on-termination': () => true,
  'block-device-mapping.device-name': ({ rootDeviceName }) => rootDeviceName,
  'block-device-mapping.encrypted': () => false,
  'block-device-mapping.volume-size': ({ rootVolumeSize }) => rootVolumeSize,
  'block-device-mapping.volume-type': () => 'gp3',
  'creation-date': ({ createdAt }) => createdAt,
  description: ({ description }) => description,
  'ena-support': () => true,
  hypervisor: () => 'xen',
  'image-id': ({ id }) => id,
  'image-type': () => 'machine',
  'is-public': () => true,
  'manifest-location': ({ name }) => `amazon/${name}`,
  name: ({ name }) => name,
  'owner-alias': () => 'amazon',
  'owner-id': () => imageOwnerId,
  platform: () => [],
  'root-device-name': ({ rootDeviceName }) => rootDeviceName,
  'root-device-type': () => 'ebs',
  state: () => 'available',
  'virtualization-type': () => 'hvm',
};

const owners = ['amazon', imageOwnerId];

export const describeImages: Ec2Operation<'DescribeImages'> = (_ec2, input, call) => {
  const all = hostImages(call.region);
  const named = (input.ImageIds ?? []).map((id) => {
    const image = all.find((one) => one.id === id);
    if (image === undefined) throw imageNotFound(id);
    return image;
  });
  const isVisible =
    (input.Owners === undefined || input.Owners.some((owner) => owners.includes(owner))) &&
    (input.ExecutableUsers === undefined || input.ExecutableUsers.includes('all'));
  const page = describe(
    {
      list: 'images',
      rows: listed(isVisible ? all : []),
      named: isVisible ? named : [],
      filters,
      filterInput: input.Filters,
    },
    input,
    presentImage,
  );
  return { Images: page.items, NextToken: page.nextToken };
};
