import { beforeEach, expect, it } from 'vitest';
import { aCluster } from '../../../../../test-support/builders/a-cluster.ts';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTaskDefinition } from '../../../../../test-support/builders/a-task-definition.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { launchTasks } from '../../state/launch/launch-tasks.ts';
import { homeIn } from '../../state/task/placed-instance.ts';
import { tasks } from '../../state/task/tasks.ts';
import { unplacedAttempt } from '../placement/unplaced-attempt.ts';
import { planLaunch, type LaunchPlan, type LaunchShare } from './plan-launch.ts';

const cluster = aCluster();
const requirements = aPlacementRequest({ cpu: 500 }, { constraints: [{ type: 'distinctInstance' }] });
const random = seededRandom(5);
const definition = aTaskDefinition();
const request = { launchType: 'EC2', group: 'family:web', overrides: {}, tags: [] } as const;
const launch = { home: homeIn(cluster), definition, request, now: 7 };
const provisioningRequest = { requiresAttributes: [], constraints: [], strategies: [] };

/** An instance with room for one task. */
const host = (id: string) =>
  aUsage({
    instance: aContainerInstance({ id, registeredResources: { ...noResources, cpu: 700, memory: 500 } }),
  });
const allocation = (ids: string, count: number, fields: Partial<LaunchShare> = {}): LaunchShare => ({
  instances: ids.split('').map(host),
  count,
  grows: false,
  ...fields,
});
const idsIn = ({ parts }: LaunchPlan) =>
  parts.map(({ placed, waiting }) => [placed.map(({ arn }) => arn.slice(-1)).sort(), waiting]);

let store: Store;
beforeEach(async () => {
  store = await openStore({
    tables: [tasks],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
    freezeRows: true,
  });
});
const plan = (...allocations: readonly LaunchShare[]): LaunchPlan =>
  store.view((tx) => planLaunch(tx, cluster.arn, requirements, allocations, random));
/** `count` tasks of the cluster wait for capacity already. */
const wait = (count: number): void =>
  store.update((tx) => {
    for (let at = 0; at < count; at++)
      tx.table(tasks).put(
        aTask({
          id: String(at),
          lastStatus: 'PROVISIONING',
          containerInstanceArn: undefined,
          scheduling: { provisioningRequest },
        }),
      );
  });

it('places each share on its own instances, and says what they refused', () => {
  const found = plan(allocation('ab', 1), allocation('cd', 3));
  expect(idsIn(found)).toMatchObject([
    [{ length: 1 }, 0],
    [['c', 'd'], 0],
  ]);
  expect(found.verdicts.map(({ instance }) => instance.id)).toEqual(['c', 'd']);
  expect(found.overLimit).toBe(0);
});

it('lets wait what a provider that grows has no room for, and blames no instance for it', () => {
  const found = plan(allocation('a', 3, { grows: true }), allocation('b', 2));
  expect(idsIn(found)).toEqual([
    [['a'], 2],
    [['b'], 0],
  ]);
  expect(found.verdicts.map(({ instance }) => instance.id)).toEqual(['b']);
});

it('lets no more tasks of the cluster wait than 500, all shares together', () => {
  wait(497);
  const found = plan(allocation('', 2, { grows: true }), allocation('c', 4, { grows: true }));
  expect(idsIn(found)).toEqual([
    [[], 2],
    [['c'], 1],
  ]);
  expect(found.overLimit).toBe(2);
  expect(found.verdicts.map(({ instance }) => instance.id)).toEqual(['c']);
});

it('becomes tasks that know their provider, their instance or their rules; a waiting one has found no place', () => {
  const found = plan(allocation('ab', 3, { capacityProviderName: 'grows', grows: true }), allocation('c', 2));
  store.update((tx) => {
    const launched = launchTasks(tx, random, launch, found);
    expect(
      launched.map((task) => [task.lastStatus, task.capacityProviderName, task.containerInstanceArn?.at(-1)]),
    ).toEqual([
      ['PENDING', 'grows', expect.stringMatching(/[ab]/)],
      ['PENDING', 'grows', expect.stringMatching(/[ab]/)],
      ['PROVISIONING', 'grows', undefined],
      ['PENDING', undefined, 'c'],
    ]);
    expect(launched.map(({ scheduling }) => scheduling?.provisioningRequest?.constraints)).toEqual([
      undefined,
      undefined,
      [{ type: 'distinctInstance' }],
      undefined,
    ]);
    expect(new Set(launched.map(({ arn }) => arn)).size).toBe(4);
    const outcome = { by: 'RunTask', wanted: 5, launched, verdicts: found.verdicts } as const;
    expect(unplacedAttempt(tx, launch, outcome)).toMatchObject({
      wanted: 5,
      placed: 3,
      at: 7,
      clusterArn: cluster.arn,
    });
  });
});
