import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { compileConstraints } from './compile.ts';
import type { Ask } from './filter.ts';
import { factsOf } from './expression/instance-facts.ts';
import { askKey, inLine, rulesOf, waitingAsk } from './waiting-task.ts';

const expression = 'attribute:stack == prod';
const ask: Ask = {
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

test('a task asks the same after its row was written and read', () => {
  const row = aTask({ resources: ask.resources, group: 'g', waitsFor: rulesOf(ask) });
  const again = waitingAsk(JSON.parse(JSON.stringify(row)) as typeof row);
  expect({ ...again, constraints: rulesOf(again).constraints }).toEqual({
    ...ask,
    constraints: rulesOf(ask).constraints,
  });
});

test('its queries are read again', () => {
  const [, memberOf] = waitingAsk(aTask({ waitsFor: rulesOf(ask) })).constraints;
  const matches = (value: string): boolean | undefined => {
    const instance = aContainerInstance({ attributes: [{ name: 'stack', value }] });
    const facts = factsOf({
      instance,
      agentConnected: true,
      engineAnswers: true,
      taken: ask.resources,
      runningTasksCount: 0,
      pendingTasksCount: 0,
      taskGroups: () => new Map(),
    });
    return memberOf?.type === 'memberOf' ? memberOf.matches(facts) : undefined;
  };
  expect([matches('prod'), matches('test')]).toEqual([true, false]);
});

test('tasks are told apart by what they ask, not by who they are', () => {
  const one = aTask({ waitsFor: rulesOf(ask) });
  expect(askKey(aTask({ id: 't2', createdAt: 5, waitsFor: rulesOf(ask) }))).toBe(askKey(one));
  expect(askKey(aTask({ group: 'other', waitsFor: rulesOf(ask) }))).not.toBe(askKey(one));
  expect(askKey(aTask({ waitsFor: rulesOf({ ...ask, strategies: [] }) }))).not.toBe(askKey(one));
});

test('the oldest is first, and of one age the lower ARN', () => {
  const tasks = [
    aTask({ id: 'b', createdAt: 2 }),
    aTask({ id: 'c', createdAt: 1 }),
    aTask({ id: 'a', createdAt: 2 }),
  ];
  expect(inLine(tasks).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});
