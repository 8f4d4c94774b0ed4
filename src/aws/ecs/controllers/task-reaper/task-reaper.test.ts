import { beforeEach, expect, it } from 'vitest';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { silentLog } from '../../../../lib/log.ts';
import { seededRandom } from '../../../../lib/random.ts';
import { VirtualClock } from '../../../../../test-support/virtual-clock.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { openStore } from '../../../../store/memory-store.ts';
import type { Store } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import { startLoop } from '../../../shared/loop.ts';
import { taskReaper } from './task-reaper.ts';

const hour = 3_600_000;

let clock: VirtualClock;
let store: Store;
beforeEach(async () => {
  clock = new VirtualClock(0);
  store = await openStore({
    tables: [tasks],
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
});

const stop = (id: string): void =>
  store.update((tx) => {
    tx.table(tasks).put(
      aTask({ id, lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: clock.now() }),
    );
  });
const kept = (): string[] => store.view((tx) => [...tx.table(tasks).all()].map(({ id }) => id));
const run = (retention = hour): (() => void) =>
  startLoop(taskReaper(retention), { store, clock, random: seededRandom(1), log: silentLog });

it('keeps a stopped task as long as it is told to, and not much longer', async () => {
  run();
  await clock.advance(10_000);
  stop('a');
  await clock.advance(hour - 1);
  expect(kept()).toEqual(['a']);
  // The pause between two sweeps is all that may come on top.
  await clock.advance(2 * 60_000 + 10_000);
  expect(kept()).toEqual([]);
});

it('never forgets a task that has not stopped', async () => {
  store.update((tx) => {
    tx.table(tasks).put(aTask({ id: 'running', lastStatus: 'RUNNING' }));
    tx.table(tasks).put(aTask({ id: 'stopping', lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }));
  });
  run(0);
  await clock.advance(100 * hour);
  expect(kept()).toEqual(['running', 'stopping']);
});

it('forgets tasks that stopped before it began, each in its turn', async () => {
  stop('a');
  await clock.advance(hour / 2);
  stop('b');
  await clock.advance(hour / 2);
  run();
  await clock.advance(0);
  expect(kept()).toEqual(['b']);
  await clock.advance(hour / 2);
  expect(kept()).toEqual([]);
});

it('sweeps at most every ten seconds, however many tasks fall due one by one', async () => {
  for (let second = 0; second < 60; second++) {
    stop(`t${second}`);
    await clock.advance(1000);
  }
  run(1000);
  let sweeps = 0;
  store.watch(tasks, () => sweeps++);
  for (let second = 0; second < 60; second++) {
    stop(`u${second}`);
    await clock.advance(1000);
  }
  await clock.advance(11_000);
  expect(kept()).toEqual([]);
  // One commit for each stopped task here, the rest are the reaper's.
  expect(sweeps - 60).toBeLessThanOrEqual(8);
});
