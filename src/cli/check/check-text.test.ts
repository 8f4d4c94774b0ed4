import { expect, test } from 'vitest';
import type { CheckedDefinition } from '../../aws/ecs/operations/task-definition/check.ts';
import { checkLines, isSound } from './check-text.ts';

const checked = (fields: Partial<CheckedDefinition> = {}): CheckedDefinition => ({
  family: 'web',
  problems: [],
  unsupported: [],
  unknownMembers: [],
  otherLaunchTypes: [],
  notes: [],
  ...fields,
});

test('says that all is well', () => {
  expect(checkLines(checked())).toEqual(['web can be registered, and Longshore can run it.']);
  expect(isSound(checked())).toBe(true);
});

test('says what is in the way of registering, and what of running', () => {
  const one = checked({
    problems: ['Too many containers.'],
    unknownMembers: ['memmory'],
    unsupported: [{ feature: 'secrets', instead: 'environment' }, { feature: 'ephemeralStorage' }],
    otherLaunchTypes: ['FARGATE'],
    notes: ['It needs an instance with the attribute a=b.'],
  });
  expect(checkLines(one)).toEqual([
    'web cannot be registered:',
    '  - Too many containers.',
    '  - memmory: ECS has no such member.',
    'web uses features that Longshore does not support yet:',
    '  - secrets; use environment',
    '  - ephemeralStorage',
    'It requires FARGATE: run it with the launch type EC2 here.',
    'It needs an instance with the attribute a=b.',
  ]);
  expect(isSound(one)).toBe(false);
});
