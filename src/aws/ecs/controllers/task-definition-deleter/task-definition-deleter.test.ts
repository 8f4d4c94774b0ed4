import { beforeEach, expect, it } from 'vitest';
import { aTaskDefinition } from '../../../../../test-support/builders/a-task-definition.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import { startLoop } from '../../../shared/loop.ts';
import { taskDefinitionDeleter } from './task-definition-deleter.ts';

let clock: VirtualClock;
let store: Store;
let commits: number;
beforeEach(async () => {
  clock = new VirtualClock(0);
  store = await openStore({
    tables: [taskDefinitions, tasks, deployments, taskSets],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  commits = 0;
  store.watch(taskDefinitions, () => commits++);
});

const define = (revision: number, status: TaskDefinition['status']): TaskDefinition =>
  store.update((tx) => tx.table(taskDefinitions).put(aTaskDefinition({ revision, status })));
const left = (): number[] =>
  store.view((tx) => Array.from(tx.table(taskDefinitions).all(), ({ revision }) => revision));
const start = (): (() => void) =>
  startLoop(taskDefinitionDeleter, { store, clock, random: seededRandom(1), log: silentLog });
const run = (id: string, revision: number, lastStatus: 'RUNNING' | 'STOPPED'): void =>
  store.update((tx) => {
    const { arn } = aTaskDefinition({ revision });
    tx.table(tasks).put(aTask({ id, revision, taskDefinitionArn: arn, lastStatus }));
  });

it('takes away what is to go and nobody refers to, and nothing else', async () => {
  define(1, 'ACTIVE');
  define(2, 'INACTIVE');
  define(3, 'DELETE_IN_PROGRESS');
  start();
  await clock.advance(0);
  expect(left()).toEqual([1, 2]);
  define(2, 'DELETE_IN_PROGRESS');
  await clock.advance(0);
  expect(left()).toEqual([1]);
});

it('waits for the last task', async () => {
  start();
  define(1, 'DELETE_IN_PROGRESS');
  run('a', 1, 'RUNNING');
  run('b', 1, 'RUNNING');
  run('c', 2, 'RUNNING');
  await clock.advance(3_600_000);
  expect(left()).toEqual([1]);
  run('a', 1, 'STOPPED');
  await clock.advance(0);
  expect(left()).toEqual([1]);
  run('b', 1, 'STOPPED');
  await clock.advance(0);
  expect(left()).toEqual([]);
});

it('waits for task sets, and notices one that goes without a trace', async () => {
  const { arn } = define(1, 'DELETE_IN_PROGRESS');
  const taskSet = {
    arn: 'set',
    serviceArn: 'service',
    status: 'ACTIVE',
    taskDefinitionArn: arn,
    capacityProviderStrategy: [],
  };
  store.update((tx) => {
    tx.table(taskSets).put(taskSet as never);
  });
  start();
  await clock.advance(0);
  expect(left()).toEqual([1]);
  store.update((tx) => {
    tx.table(taskSets).delete('set');
  });
  await clock.advance(0);
  expect(left()).toEqual([]);
});

it('waits for the deployments of services', async () => {
  const { arn } = define(1, 'DELETE_IN_PROGRESS');
  const deployment = { id: 'd', number: 1, serviceArn: 'service', revisionArn: 'r', taskDefinitionArn: arn };
  const put = (status: string): void =>
    store.update((tx) => {
      tx.table(deployments).put({ ...deployment, status } as never);
    });
  put('PRIMARY');
  start();
  await clock.advance(0);
  expect(left()).toEqual([1]);
  put('INACTIVE');
  await clock.advance(0);
  expect(left()).toEqual([]);
});

it('writes nothing while tasks come and go of what stays', async () => {
  define(1, 'ACTIVE');
  const stop = start();
  run('a', 1, 'RUNNING');
  run('a', 1, 'STOPPED');
  await clock.advance(3_600_000);
  stop();
  expect(commits).toBe(1);
});
