import { expect, it } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import { placeInOrder, withoutTask } from './plan.ts';

const host = (id: string, memory: number) =>
  aUsage({
    instance: aContainerInstance({ id, registeredResources: { ...noResources, cpu: 1000, memory } }),
  });

it('lets each find what the ones before it left, and leaves the loads alone', () => {
  const usages = [host('a', 300), host('b', 100)];
  const before = JSON.stringify(usages);
  const planned = [
    { requirements: aPlacementRequest({ memory: 200 }), count: 1 },
    { requirements: aPlacementRequest({ memory: 100 }), count: 3 },
  ];
  const [first, second] = placeInOrder(usages, planned, seededRandom(1));
  expect(first!.placed.map(({ id }) => id)).toEqual(['a']);
  expect(second!.placed.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  expect(second!.verdicts).toMatchObject([{ available: 0 }, { available: 0 }]);
  expect(JSON.stringify(usages)).toBe(before);
});

it('gives back what a task holds, and its place in its group', () => {
  const resources = { ...noResources, memory: 200, ports: [80] };
  const task = aTask({ lastStatus: 'RUNNING', group: 'g', resources });
  const usage = {
    ...host('a', 300),
    taken: resources,
    runningTasksCount: 1,
    taskGroups: () => new Map([['g', 1]]),
  };
  const left = withoutTask(usage, task);
  expect(left).toMatchObject({ taken: noResources, runningTasksCount: 0, pendingTasksCount: 0 });
  expect(left.taskGroups()).toEqual(new Map());
});
