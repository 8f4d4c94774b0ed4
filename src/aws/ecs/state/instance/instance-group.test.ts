import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { autoScalingGroupOf, groupAttribute, hostAttribute, hostIdOf, isHostId } from './instance-group.ts';

const arn = 'arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:u:autoScalingGroupName/web';

test.each<[string, string | undefined, string | undefined]>([
  ['a name', 'web', 'web'],
  ['an ARN', arn, 'web'],
  ['no value', undefined, undefined],
])('the group is named by %s', (_what, value, group) => {
  expect(autoScalingGroupOf(aContainerInstance({ attributes: [{ name: groupAttribute, value }] }))).toBe(
    group,
  );
});

test('an instance without the attribute is of no group', () => {
  expect(autoScalingGroupOf(aContainerInstance())).toBeUndefined();
});

test('its host is called by its attribute, else as EC2 calls it, else as ECS does', () => {
  const attributes = [{ name: hostAttribute, value: 'h-1' }];
  expect(hostIdOf(aContainerInstance({ attributes, ec2InstanceId: 'i-1' }))).toBe('h-1');
  expect(hostIdOf(aContainerInstance({ ec2InstanceId: 'i-1' }))).toBe('i-1');
  expect(hostIdOf(aContainerInstance({ id: 'abc' }))).toBe('abc');
  expect(hostIdOf(aContainerInstance({ id: 'abc', ec2InstanceId: 'mi-0123456789abcdef0' }))).toBe('abc');
});

const noIds = [
  '',
  '.',
  '..',
  '../victim',
  'a/b',
  '/',
  'a b',
  'a\nb',
  '-rf',
  '$(x)',
  '`x`',
  '*',
  'x'.repeat(129),
];

test.each(noIds)('%j is no id of a host', (id) => {
  expect(isHostId(id)).toBe(false);
  const attributes = [{ name: hostAttribute, value: id }];
  expect(hostIdOf(aContainerInstance({ attributes, ec2InstanceId: id, id: 'abc' }))).toBe('abc');
});

test.each(['h', 'h-1', 'i-0123456789abcdef0', 'vm_1.example:2', 'x'.repeat(128)])('%s is one', (id) => {
  expect(isHostId(id)).toBe(true);
});
