import { beforeEach, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { MemoryJournal } from '../store/journal/memory-journal.ts';
import { openStore } from '../store/memory-store.ts';
import { renameMembers } from '../store/row-migration.ts';
import type { Store } from '../store/store.ts';
import { defineTable } from '../store/table.ts';
import { flushPromises, VirtualClock } from '../../test-support/virtual-clock.ts';
import { bringRowsUpToDate } from './older-rows.ts';

interface Barge {
  readonly version: number;
  readonly id: string;
}
const barges = defineTable<Barge>()({
  name: 'barges',
  durable: true,
  migrations: [{ shape: 2, migrate: renameMembers({ number: 'id' }) }],
  key: ({ id }) => id,
  indexes: {},
  tallies: {},
});

const older = 600;
let clock: VirtualClock;
let journal: MemoryJournal;
let store: Store;
beforeEach(async () => {
  clock = new VirtualClock();
  journal = new MemoryJournal({ durability: 'manual' });
  const row = (_: unknown, number: number) => ({ version: 1, number: `${number}`.padStart(4, '0') });
  const rows = Array.from({ length: older }, row);
  journal.append(
    1,
    rows.map((barge) => ({ table: 'barges', key: barge.number, shape: 1, row: barge })),
  );
  journal.flush();
  store = await openStore({ tables: [barges], journal, log: silentLog });
});

it('writes the rows in batches, each once the one before is durable, and then ends', async () => {
  bringRowsUpToDate(store, clock);
  const left: number[] = [];
  for (let step = 0; step < 6; step += 1) {
    await clock.advance(50);
    left.push(store.writeOlderRows(0));
    if (step !== 1) journal.flush();
    await flushPromises();
  }
  expect(left).toEqual([350, 100, 100, 0, 0, 0]);
  expect([store.revision, clock.nextAt()]).toEqual([1 + older, undefined]);
});

it('leaves the rest to a later start where it is ended', async () => {
  const end = bringRowsUpToDate(store, clock);
  await clock.advance(50);
  end();
  journal.flush();
  await flushPromises();
  await clock.advance(1000);
  expect(store.writeOlderRows(0)).toBe(350);
});

it('does nothing where no row is older', async () => {
  store.writeOlderRows(Infinity);
  journal.flush();
  const next = await openStore({ tables: [barges], journal: journal.crash(), log: silentLog });
  bringRowsUpToDate(next, clock);
  expect(clock.nextAt()).toBeUndefined();
});
