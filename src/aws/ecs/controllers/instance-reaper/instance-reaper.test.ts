import { beforeEach, expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { agentSequences, containerInstances } from '../../state/instance/container-instances.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { tasks } from '../../state/task/tasks.ts';
import { startLoop } from '../../../shared/loop.ts';
import { instanceReaper } from './instance-reaper.ts';

const hour = 3_600_000;
/** The pause between two sweeps. */
const pause = 60_000;
const tables = [agentSequences, containerInstances, instanceHealth, tasks] as const;

let clock: VirtualClock;
let store: Store;
beforeEach(async () => {
  clock = new VirtualClock(0);
  store = await openStore({
    tables,
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  startLoop(instanceReaper(), { store, clock, random: seededRandom(1), log: silentLog });
});

const put = (id: string, status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'): string => {
  const deregisteredAt = status === 'INACTIVE' ? clock.now() : undefined;
  const instance = aContainerInstance({ id, status, deregisteredAt });
  store.update((tx) => {
    tx.table(containerInstances).put(instance);
    tx.table(agentSequences).put({ containerInstanceArn: instance.arn, value: 7 });
    tx.table(instanceHealth).put({ containerInstanceArn: instance.arn, checks: [] });
  });
  return instance.arn;
};
const kept = (): string[] => store.view((tx) => [...tx.table(containerInstances).all()].map(({ id }) => id));

test('keeps a deregistered instance for an hour and not much longer, the others for ever', async () => {
  put('i1', 'ACTIVE');
  put('i2', 'DRAINING');
  await clock.advance(pause);
  put('i3', 'INACTIVE');
  await clock.advance(hour - 1);
  expect(kept()).toEqual(['i1', 'i2', 'i3']);
  await clock.advance(2 * pause);
  expect(kept()).toEqual(['i1', 'i2']);
  await clock.advance(100 * hour);
  expect(kept()).toEqual(['i1', 'i2']);
});

test('keeps nothing else of what it forgets', async () => {
  put('i1', 'INACTIVE');
  await clock.advance(hour + pause);
  expect(store.view((tx) => tables.map((table) => tx.table(table).size))).toEqual([0, 0, 0, 0]);
});

test('waits until the last task that tells of it is forgotten', async () => {
  const containerInstanceArn = put('i1', 'INACTIVE');
  const task = aTask({ containerInstanceArn, lastStatus: 'STOPPED', desiredStatus: 'STOPPED' });
  store.update((tx) => {
    tx.table(tasks).put(task);
  });
  await clock.advance(10 * hour);
  expect(kept()).toEqual(['i1']);
  store.update((tx) => {
    tx.table(tasks).delete(task.arn);
  });
  await clock.advance(pause);
  expect(kept()).toEqual([]);
});
