// The partition of AWS that a region belongs to: the second part of every ARN of that region.

const partitions: readonly (readonly [regions: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition of `region`, e.g. `aws-cn` of `cn-north-1`; `aws` of every region that belongs to no other. */
export const partitionOf = (region: string): string =>
  partitions.find(([regions]) => region.startsWith(regions))?.[1] ?? 'aws';

/** An ARN that is written for the partition `aws`, as it reads in `region`: users and roles have no region of their own. */
export const inPartitionOf = (region: string, arn: string): string =>
  arn.replace(/^arn:aws:/, `arn:${partitionOf(region)}:`);
