import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anInstanceUsage } from '../../../../../test-support/builders/an-instance-usage.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import type { ProvisioningRequest } from '../../state/task/task-scheduling.ts';
import type { Task } from '../../state/task/task.ts';
import { instancesNeeded, instancesThere, reservation, type Capacity } from './reservation.ts';

const anything: ProvisioningRequest = { requiresAttributes: [], constraints: [], strategies: [] };
/** As much memory as a quarter of an instance has, unless told otherwise. */
const waiting = (count: number, fields: Partial<Task> = {}): Task[] =>
  Array.from({ length: count }, (_, at) =>
    aTask({
      id: `${fields.group ?? 'w'}${at}`,
      containerInstanceArn: undefined,
      lastStatus: 'PROVISIONING',
      scheduling: { provisioningRequest: anything },
      resources: { ...noResources, memory: 2048 },
      ...fields,
    }),
  );
const template = anInstanceUsage();
const instance = (fields: Partial<Capacity['instances'][number]> = {}): Capacity['instances'][number] => ({
  usage: anInstanceUsage(),
  isOccupied: false,
  isUsable: true,
  ...fields,
});
const full = instance({
  usage: anInstanceUsage({}, { taken: { ...noResources, memory: 8192 } }),
  isOccupied: true,
});
const capacity = (fields: Partial<Capacity> = {}): Capacity => ({
  instances: [],
  expected: 0,
  template,
  waiting: [],
  minimumStep: 1,
  maximumStep: 10_000,
  ...fields,
});
const needed = (fields: Partial<Capacity>): number => instancesNeeded(capacity(fields));

test.each([
  [0, 0, 100],
  [1, 0, 200],
  [2, 2, 100],
  [3, 2, 150],
  [1, 2, 50],
  [0, 2, 0],
])('of %i needed and %i there, %i per cent', (m, n, percent) => {
  expect(reservation(m, n)).toBe(percent);
});

describe('the instances that are needed', () => {
  it.each<[string, number, Partial<Capacity>]>([
    ['none for nothing', 0, {}],
    [
      'those that hold tasks, however few',
      2,
      { instances: [full, instance({ isOccupied: true }), instance()] },
    ],
    ['as many as the waiting tasks fill', 3, { waiting: waiting(9) }],
    ['none beside what is free', 2, { instances: [full, instance()], waiting: waiting(4) }],
    ['what is expected already', 2, { instances: [full], expected: 1, waiting: waiting(4) }],
    ['beside what is full', 3, { instances: [full], waiting: waiting(5) }],
    [
      'none for what no instance can hold',
      0,
      { waiting: waiting(3, { resources: { ...noResources, memory: 9000 } }) },
    ],
    [
      'none for attributes that no instance has',
      0,
      {
        waiting: waiting(3, {
          scheduling: { provisioningRequest: { ...anything, requiresAttributes: [{ name: 'gpu' }] } },
        }),
      },
    ],
    [
      'one each for a host port',
      3,
      { waiting: waiting(3, { resources: { ...noResources, memory: 1, ports: [80] } }) },
    ],
    [
      'one each for distinct instances',
      3,
      {
        waiting: waiting(3, {
          scheduling: { provisioningRequest: { ...anything, constraints: [{ type: 'distinctInstance' }] } },
        }),
      },
    ],
    [
      'a smaller group in what a larger one left',
      1,
      { waiting: [...waiting(3), ...waiting(1, { group: 'x' })] },
    ],
    [
      'others than those whose agents do not come',
      2,
      { instances: [instance({ isUsable: false, isOccupied: true })], waiting: waiting(1) },
    ],
    ['at least a whole step', 6, { instances: [full], waiting: waiting(1), minimumStep: 5 }],
    ['at most a whole step', 4, { instances: [full], waiting: waiting(400), maximumStep: 3 }],
    ['one where nobody knows what one holds', 1, { template: undefined, waiting: waiting(400) }],
    ['the step where nobody knows', 3, { template: undefined, waiting: waiting(400), minimumStep: 3 }],
    [
      'no more than is expected where nobody knows',
      1,
      { template: undefined, waiting: waiting(400), expected: 3 },
    ],
  ])('are %s', (_what, count, fields) => {
    expect(needed(fields)).toBe(count);
  });

  it('are enough, and no more than one for each waiting task beside the occupied ones', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 8192 }), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, fc.nat(4), fc.nat(4), fc.nat(4), (memories, occupied, empty, expected) => {
        const all = memories.flatMap((memory, at) =>
          waiting(1, { group: `g${at}`, resources: { ...noResources, memory } }),
        );
        const instances = [
          ...Array<typeof full>(occupied).fill(full),
          ...Array.from({ length: empty }, () => instance()),
        ];
        const count = needed({ instances, expected, waiting: all });
        const memory = memories.reduce((sum, one) => sum + one, 0);
        expect(count - occupied).toBeGreaterThanOrEqual(Math.ceil(memory / 8192));
        expect(count - occupied).toBeLessThanOrEqual(memories.length);
        expect(instancesThere(capacity({ instances, expected }))).toBe(occupied + empty + expected);
      }),
    );
  });
});
