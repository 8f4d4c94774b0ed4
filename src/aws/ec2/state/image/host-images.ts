// The images that hosts of container instances are started from: one for each family and architecture, the same in every account.
// They are names, by which infrastructure tools find what a host of Longshore is: no machine is started from them here.
import { createHash } from 'node:crypto';

/** The owner of ECS's own images, which `amazon` stands for. */
export const imageOwnerId = '591542846629';

export interface HostImage {
  /** `ami-` and 17 hex digits: the same for the same family in a region, and of no other. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** Where its public parameter lies, below `/aws/service/ecs/optimized-ami/`, e.g. `amazon-linux-2023/arm64`. */
  readonly family: string;
  /** What the parameter says of the operating system, e.g. `Amazon Linux 2023`. */
  readonly os: string;
  readonly rootDeviceName: '/dev/xvda';
  /** GiB. */
  readonly rootVolumeSize: 30;
  /** ISO 8601. */
  readonly createdAt: string;
}

type Family = Pick<HostImage, 'family' | 'name' | 'architecture' | 'os'>;

const al2023 = 'Amazon Linux 2023';
const al2 = 'Amazon Linux 2';

/** Named as AWS names those of these families, so that the name filters of existing stacks find them. */
const families: readonly Family[] = [
  {
    family: 'amazon-linux-2023',
    name: 'al2023-ami-ecs-hvm-2023.0.20260101-kernel-6.1-x86_64',
    architecture: 'x86_64',
    os: al2023,
  },
  {
    family: 'amazon-linux-2023/arm64',
    name: 'al2023-ami-ecs-hvm-2023.0.20260101-kernel-6.1-arm64',
    architecture: 'arm64',
    os: al2023,
  },
  {
    family: 'amazon-linux-2',
    name: 'amzn2-ami-ecs-hvm-2.0.20260101-x86_64-ebs',
    architecture: 'x86_64',
    os: al2,
  },
  {
    family: 'amazon-linux-2/arm64',
    name: 'amzn2-ami-ecs-hvm-2.0.20260101-arm64-ebs',
    architecture: 'arm64',
    os: al2,
  },
  {
    family: 'amazon-linux-2/kernel-5.10',
    name: 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260101-x86_64-ebs',
    architecture: 'x86_64',
    os: al2,
  },
  {
    family: 'amazon-linux-2/kernel-5.10/arm64',
    name: 'amzn2-ami-ecs-kernel-5.10-hvm-2.0.20260101-arm64-ebs',
    architecture: 'arm64',
    os: al2,
  },
];

/** The id of the image of that name in a region. */
export const imageId = (region: string, name: string): string =>
  `ami-${createHash('sha256').update(`${region} ${name}`).digest('hex').slice(0, 17)}`;

/** All images of a region, in the order of their families. */
export const hostImages = (region: string): readonly HostImage[] =>
  families.map((family) => ({
    ...family,
    id: imageId(region, family.name),
    description: `Host of Longshore container instances, ${family.os}, ${family.architecture}`,
    rootDeviceName: '/dev/xvda',
    rootVolumeSize: 30,
    createdAt: '2026-01-01T00:00:00.000Z',
  }));

/** The image of a family, e.g. `amazon-linux-2023`; undefined where there is none of that name. */
export const hostImage = (region: string, family: string): HostImage | undefined =>
  hostImages(region).find((image) => image.family === family);
