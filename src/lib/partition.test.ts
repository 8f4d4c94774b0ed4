import { expect, test } from 'vitest';
import { inPartitionOf, partitionOf } from './partition.ts';

test.each([
  ['us-east-1', 'aws'],
  ['eu-west-1', 'aws'],
  ['local', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s belongs to %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
  expect(inPartitionOf(region, 'arn:aws:iam::1:root')).toBe(`arn:${partition}:iam::1:root`);
});

test('an ARN that names its partition keeps it', () => {
  expect(inPartitionOf('cn-north-1', 'arn:aws-us-gov:iam::1:root')).toBe('arn:aws-us-gov:iam::1:root');
});
