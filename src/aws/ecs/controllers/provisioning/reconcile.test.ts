import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aContainer, aTask } from '../../../../../test-support/builders/a-task.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import { placeOn } from '../../state/task/task-lifecycle.ts';
import type { ProvisioningRequest } from '../../state/task/task-scheduling.ts';
import type { Task } from '../../state/task/task.ts';
import { provisioningTimeout, reconcile, type ProvisioningView } from './reconcile.ts';

const anything: ProvisioningRequest = { requiresAttributes: [], constraints: [], strategies: [] };
const waits = (id: string, fields: Partial<Task> = {}): Task =>
  aTask({
    id,
    containerInstanceArn: undefined,
    lastStatus: 'PROVISIONING',
    createdAt: 0,
    scheduling: { provisioningRequest: anything },
    resources: { ...noResources, memory: 1000 },
    ...fields,
  });
const usage = (id: string, memory: number, fields: Partial<InstanceUsage> = {}): InstanceUsage => ({
  instance: aContainerInstance({ id, registeredResources: { ...noResources, cpu: 4096, memory } }),
  agentConnected: true,
  engineAnswers: true,
  taken: noResources,
  runningTasksCount: 0,
  pendingTasksCount: 0,
  taskGroups: () => new Map(),
  ...fields,
});
const plan = (view: Partial<ProvisioningView>, now = 1) =>
  reconcile({ waiting: [], usages: [], draining: false, ...view }, seededRandom(1), now);
const placedIds = (view: Partial<ProvisioningView>) => plan(view).placed.map(({ task }) => task.id);

describe('waiting tasks', () => {
  it('are placed as far as there is room, the oldest first', () => {
    const waiting = [
      waits('young', { createdAt: 3 }),
      waits('old', { createdAt: 1 }),
      waits('mid', { createdAt: 2 }),
    ];
    expect(placedIds({ waiting, usages: [usage('i1', 2000)] })).toEqual(['old', 'mid']);
  });

  it('see what those placed before them took', () => {
    const small = { ...noResources, memory: 600 };
    const waiting = [waits('a'), waits('b', { resources: small }), waits('c', { resources: small })];
    expect(placedIds({ waiting, usages: [usage('i1', 1700)] })).toEqual(['a', 'b']);
  });

  it('do not hold up younger ones that ask for less', () => {
    const waiting = [
      waits('big', { resources: { ...noResources, memory: 9000 } }),
      waits('small', { createdAt: 2 }),
      waits('big too', { resources: { ...noResources, memory: 9000 }, createdAt: 3 }),
    ];
    expect(placedIds({ waiting, usages: [usage('i1', 4000)] })).toEqual(['small']);
  });

  it('keep distinct instances apart', () => {
    const provisioningRequest: ProvisioningRequest = {
      ...anything,
      constraints: [{ type: 'distinctInstance' }],
    };
    const scheduling = { provisioningRequest };
    const waiting = [
      waits('a', { scheduling }),
      waits('b', { scheduling, createdAt: 1 }),
      waits('c', { scheduling }),
    ];
    const { placed } = plan({ waiting, usages: [usage('i1', 9000), usage('i2', 9000)] });
    expect(new Set(placed.map(({ instance }) => instance.id)).size).toBe(2);
    expect(placed).toHaveLength(2);
  });

  it('get GPUs that none before them got, and those that are asked for', () => {
    const withGpus = (id: string, gpus: number, createdAt: number) =>
      waits(id, { createdAt, resources: { ...noResources, gpus }, containers: [aContainer({ gpus })] });
    const instance = aContainerInstance({ gpuIds: ['GPU-a', 'GPU-b', 'GPU-c', 'GPU-d'] });
    const held = { ...noResources, gpuIds: ['GPU-b'] };
    const { placed } = plan({
      waiting: [withGpus('a', 1, 1), withGpus('b', 1, 2), withGpus('c', 2, 3), withGpus('d', 1, 4)],
      usages: [usage('i1', 9000, { instance, taken: held })],
    });
    expect(
      placed.map(({ task, instance: seat }) => [task.id, placeOn(task, seat).containers[0]!.gpuIds]),
    ).toEqual([
      ['a', ['GPU-a']],
      ['b', ['GPU-c']],
      ['d', ['GPU-d']],
    ]);
  });

  it('wait until the first of them has waited for long enough', () => {
    const waiting = [waits('a', { createdAt: 7 }), waits('b', { createdAt: 5 })];
    expect(plan({ waiting })).toEqual({ placed: [], timedOut: [], wakeAt: 5 + provisioningTimeout });
    const { timedOut, wakeAt } = plan({ waiting }, 5 + provisioningTimeout);
    expect(timedOut.map(({ task }) => task.id)).toEqual(['b']);
    expect(wakeAt).toBe(7 + provisioningTimeout);
  });

  it('are placed even at the last moment', () => {
    expect(
      plan({ waiting: [waits('a')], usages: [usage('i1', 4000)] }, provisioningTimeout + 1),
    ).toMatchObject({
      placed: [{ task: { id: 'a' } }],
      timedOut: [],
      wakeAt: undefined,
    });
  });
});

const gpu: ProvisioningRequest = { ...anything, requiresAttributes: [{ name: 'gpu' }] };
const memberOf: ProvisioningRequest = {
  ...anything,
  constraints: [{ type: 'memberOf', expression: 'attribute:a exists' }],
};
test.each<[string, Partial<ProvisioningView>, Partial<Task>]>([
  ['EMPTY CAPACITY PROVIDER', {}, {}],
  ['NO ACTIVE INSTANCES', { draining: true }, {}],
  ['AGENT', { usages: [usage('i1', 9000, { agentConnected: false })] }, {}],
  ['RESOURCE:MEMORY', { usages: [usage('i1', 10)] }, {}],
  ['RESOURCE:CPU', { usages: [usage('i1', 9000)] }, { resources: { ...noResources, cpu: 9000 } }],
  [
    'RESOURCE:GPU',
    { usages: [usage('i1', 9000), usage('i2', 1)] },
    { resources: { ...noResources, memory: 2, gpus: 1 } },
  ],
  ['ATTRIBUTE', { usages: [usage('i1', 9000)] }, { scheduling: { provisioningRequest: gpu } }],
  [
    'MemberOf placement constraint unsatisfied.',
    { usages: [usage('i1', 9000)] },
    { scheduling: { provisioningRequest: memberOf } },
  ],
  ['RESOURCE:MEMORY', { usages: [usage('i1', 10), usage('i2', 9000, { agentConnected: false })] }, {}],
])('one that waited in vain says %s', (reason, view, task) => {
  const { timedOut } = plan({ waiting: [waits('a', task)], ...view }, provisioningTimeout);
  expect(timedOut).toMatchObject([{ reason }]);
});

test('whatever waits, nothing is given more than it has, and every task has one fate', () => {
  const tasks = fc.array(
    fc.record({ memory: fc.integer({ min: 1, max: 4000 }), createdAt: fc.nat(2 * provisioningTimeout) }),
    { maxLength: 30 },
  );
  const memories = fc.array(fc.integer({ min: 1, max: 6000 }), { maxLength: 5 });
  fc.assert(
    fc.property(tasks, memories, (input, sizes) => {
      const waiting = input.map(({ memory, createdAt }, at) =>
        waits(`t${at}`, { createdAt, resources: { ...noResources, memory } }),
      );
      const now = 2 * provisioningTimeout;
      const { placed, timedOut, wakeAt } = plan(
        { waiting, usages: sizes.map((memory, at) => usage(`i${at}`, memory)) },
        now,
      );
      sizes.forEach((memory, at) => {
        const on = placed.filter(({ instance }) => instance.id === `i${at}`);
        expect(on.reduce((sum, { task }) => sum + task.resources.memory, 0)).toBeLessThanOrEqual(memory);
      });
      const gone = new Set([...placed, ...timedOut].map(({ task }) => task.id));
      expect(gone.size).toBe(placed.length + timedOut.length);
      const left = waiting
        .filter(({ id }) => !gone.has(id))
        .map(({ createdAt }) => createdAt + provisioningTimeout);
      expect(wakeAt).toBe(left.length === 0 ? undefined : Math.min(...left));
      expect(left.every((due) => due > now)).toBe(true);
    }),
  );
});
