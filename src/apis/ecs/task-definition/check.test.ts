import { expect, test } from 'vitest';
import { checkTaskDefinition } from './check.ts';

const app = { name: 'app', image: 'busybox', memory: 64 };

test('a definition that can be registered and run has nothing against it', () => {
  expect(checkTaskDefinition({ family: 'web', containerDefinitions: [app] })).toEqual({
    family: 'web',
    problems: [],
    unsupported: [],
    unknownMembers: [],
    otherLaunchTypes: [],
  });
});

test('all that is in the way comes in one answer', () => {
  const checked = checkTaskDefinition({
    family: 'web shop',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    taskRoleArn: 'arn:aws:iam::000000000000:role/app',
    containerDefinitions: [
      {
        name: 'app',
        image: 'busybox',
        memmory: 64,
        secrets: [{ name: 'A', valueFrom: 'p' }],
        stopTimeout: 900,
      },
      { name: 'side', image: 'busybox', dependsOn: [{ containerName: 'nobody', condition: 'START' }] },
    ],
  });
  expect(checked.problems).toEqual([
    expect.stringContaining('Family should have'),
    expect.stringContaining("'executionRoleArn'"),
    expect.stringContaining("'stopTimeout'"),
    expect.stringContaining('nobody'),
  ]);
  expect(checked.unsupported.map(({ feature }) => feature)).toEqual([
    "networkMode 'awsvpc'",
    'taskRoleArn (task IAM roles)',
    'secrets',
  ]);
  expect(checked.unknownMembers).toEqual(['containerDefinitions[0].memmory']);
  expect(checked.otherLaunchTypes).toEqual(['FARGATE']);
});

test('what DescribeTaskDefinition adds is no unknown member', () => {
  const described = {
    taskDefinitionArn: 'a',
    revision: 3,
    status: 'ACTIVE',
    registeredAt: 1,
    compatibilities: [],
  };
  const checked = checkTaskDefinition({ family: 'web', containerDefinitions: [app], ...described });
  expect(checked.unknownMembers).toEqual([]);
  expect(checked.problems).toEqual([]);
});

test.each([
  [{ family: 'web', containerDefinitions: {} }, /containerDefinitions/],
  [{ family: 'web', containerDefinitions: [{ ...app, memory: '64' }] }, /memory/],
  [{ family: 'web' }, /containerDefinitions/],
  [{}, /family|containerDefinitions/i],
])('a wrong shape is a problem: %j', (input, problem) => {
  expect(checkTaskDefinition(input).problems[0]).toMatch(problem);
});
