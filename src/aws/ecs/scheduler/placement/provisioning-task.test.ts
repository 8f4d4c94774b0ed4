import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { compileConstraints } from './compile.ts';
import type { PlacementRequest } from './filter.ts';
import { factsOf } from './expression/instance-facts.ts';
import {
  requirementsKey,
  inArrivalOrder,
  provisioningRequestOf,
  provisioningRequirements,
} from './provisioning-task.ts';

const expression = 'attribute:stack == prod';
const requirements: PlacementRequest = {
  resources: { cpu: 10, memory: 20, ports: [80], portsUdp: [] },
  requiresAttributes: [{ name: 'gpu' }],
  launchType: 'EC2',
  group: 'g',
  constraints: compileConstraints([{ type: 'distinctInstance' }, { type: 'memberOf', expression }]),
  strategies: [
    { type: 'spread', attribute: 'ecs.availability-zone' },
    { type: 'spread' },
    { type: 'binpack', field: 'cpu' },
    { type: 'binpack', field: 'memory' },
    { type: 'random' },
  ],
};

test('a task has the same requirements after its row was written and read', () => {
  const row = aTask({
    resources: requirements.resources,
    group: 'g',
    scheduling: { provisioningRequest: provisioningRequestOf(requirements) },
  });
  const again = provisioningRequirements(JSON.parse(JSON.stringify(row)) as typeof row);
  expect({ ...again, constraints: provisioningRequestOf(again).constraints }).toEqual({
    ...requirements,
    constraints: provisioningRequestOf(requirements).constraints,
  });
});

test('its queries are read again', () => {
  const [, memberOf] = provisioningRequirements(
    aTask({ scheduling: { provisioningRequest: provisioningRequestOf(requirements) } }),
  ).constraints;
  const matches = (value: string): boolean | undefined => {
    const instance = aContainerInstance({ attributes: [{ name: 'stack', value }] });
    const facts = factsOf({
      instance,
      agentConnected: true,
      engineAnswers: true,
      taken: requirements.resources,
      runningTasksCount: 0,
      pendingTasksCount: 0,
      taskGroups: () => new Map(),
    });
    return memberOf?.type === 'memberOf' ? memberOf.matches(facts) : undefined;
  };
  expect([matches('prod'), matches('test')]).toEqual([true, false]);
});

test('tasks are told apart by their requirements, not by who they are', () => {
  const scheduling = { provisioningRequest: provisioningRequestOf(requirements) };
  const other = { provisioningRequest: provisioningRequestOf({ ...requirements, strategies: [] }) };
  const one = requirementsKey(aTask({ scheduling }));
  expect(requirementsKey(aTask({ id: 't2', createdAt: 5, scheduling }))).toBe(one);
  expect(requirementsKey(aTask({ scheduling: { ...scheduling, replaceAsked: true } }))).toBe(one);
  expect(requirementsKey(aTask({ group: 'other', scheduling }))).not.toBe(one);
  expect(requirementsKey(aTask({ scheduling: other }))).not.toBe(one);
});

test('the oldest is first, and of one age the lower ARN', () => {
  const tasks = [
    aTask({ id: 'b', createdAt: 2 }),
    aTask({ id: 'c', createdAt: 1 }),
    aTask({ id: 'a', createdAt: 2 }),
  ];
  expect(inArrivalOrder(tasks).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});
