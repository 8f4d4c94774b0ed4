import { beforeEach, describe, expect, it } from 'vitest';
import { BulkError } from '../../bulk/bulk.ts';
import { silentLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { flushPromises, VirtualClock } from '../../../test-support/virtual-clock.ts';
import type { TrailEvent } from './state/events/trail-event.ts';
import type { TrailDatabase } from './state/trail-database.ts';
import { flushInterval, TrailWriter } from './trail-writer.ts';

const anEvent = (id: string, length = 10): TrailEvent => ({
  id,
  accountId: '000000000000',
  region: 'us-east-1',
  time: 1,
  source: 'ecs.amazonaws.com',
  name: 'RunTask',
  user: 'a',
  accessKey: 'A',
  readOnly: false,
  denied: false,
  error: null,
  resources: [],
  record: 'x'.repeat(length),
});

let clock: VirtualClock;
let written: TrailEvent[][];
let isBroken: boolean;
let said: string[];
let writer: TrailWriter;
beforeEach(() => {
  clock = new VirtualClock();
  written = [];
  said = [];
  isBroken = false;
  const database = {
    write: async (_: string, events: TrailEvent[]) => {
      if (isBroken) throw new BulkError('the disk is full', { diskFull: true });
      written.push(events);
    },
  } as unknown as TrailDatabase;
  const say = (_: object, message: string) => void said.push(message);
  writer = new TrailWriter({
    database,
    clock,
    random: seededRandom(1),
    log: { ...silentLog, error: say, warn: say },
    accountId: '000000000000',
    region: 'us-east-1',
  });
});

const ids = () => written.flat().map(({ id }) => id);
const lost = () =>
  written.flat().flatMap(({ name, record }) => {
    if (name !== 'LostEvents') return [];
    return [(JSON.parse(record) as { serviceEventDetails: { count: number } }).serviceEventDetails.count];
  });
const addMany = (count: number, from = 0): void => {
  for (let at = from; at < from + count; at += 1) writer.add(anEvent(`${at}`), true);
};

describe('the writer of events', () => {
  it('gathers them for a while, and writes them in their order in one batch', async () => {
    writer.add(anEvent('a'), true);
    await clock.advance(flushInterval - 1);
    writer.add(anEvent('b'), true);
    expect(written).toEqual([]);
    await clock.advance(1);
    expect(written.map((batch) => batch.map(({ id }) => id))).toEqual([['a', 'b']]);
  });

  it('does not wait where there are many', async () => {
    addMany(1200);
    await flushPromises();
    expect(ids()).toHaveLength(1200);
    expect(written.map((batch) => batch.length)).toEqual([500, 500, 200]);
  });

  it('has all that was added before on disk once it was told to', async () => {
    writer.add(anEvent('a'), true);
    const flushed = writer.flush();
    writer.add(anEvent('b'), true);
    await flushed;
    await writer.flush();
    expect(ids()).toEqual(['a', 'b']);
  });

  it('keeps what cannot be written, says so once, and writes it when it can', async () => {
    isBroken = true;
    addMany(3);
    await clock.advance(60_000);
    expect(said).toEqual(['Calls cannot be put on record: they are answered all the same']);
    isBroken = false;
    await clock.advance(5_000);
    expect(ids()).toEqual(['0', '1', '2']);
    expect(said.at(-1)).toBe('Calls are put on record again');
    expect(lost()).toEqual([]);
  });

  it('counts what is too much to keep, and puts on record how much that was', async () => {
    isBroken = true;
    addMany(20_007);
    await clock.advance(1000);
    isBroken = false;
    await clock.advance(5_000);
    expect(written.flat()).toHaveLength(20_001);
    expect(lost()).toEqual([7]);
  });

  it('counts what is too large to keep', async () => {
    isBroken = true;
    for (let at = 0; at < 5; at += 1) writer.add(anEvent(`${at}`, 10 * 1024 * 1024), true);
    isBroken = false;
    await clock.advance(10_000);
    expect(lost()).toEqual([1]);
    addMany(1, 9);
    await writer.flush();
    expect(ids()).toContain('9');
  });

  it('keeps calls of those who are not known only as fast as no disk is filled', async () => {
    for (let at = 0; at < 1000; at += 1) writer.add(anEvent(`${at}`), false);
    await clock.advance(flushInterval);
    expect(lost()).toEqual([800]);
    for (let second = 0; second < 70; second += 1) {
      for (let at = 0; at < 20; at += 1) writer.add(anEvent(`${second} ${at}`), false);
      await clock.advance(1000);
    }
    // Once a minute, not with each batch.
    expect(lost()).toHaveLength(2);
    writer.add(anEvent('known'), true);
    await writer.close();
    expect(ids()).toContain('known');
    expect(lost()).toHaveLength(3);
    expect(lost().reduce((sum, one) => sum + one, 0) + written.flat().length - 3).toBe(2401);
  });

  it('writes all when it is closed', async () => {
    addMany(3);
    await writer.close();
    expect(ids()).toEqual(['0', '1', '2']);
    await clock.advance(60_000);
    expect(written).toHaveLength(1);
  });

  it('ends although nothing can be written, and says how much is missing', async () => {
    isBroken = true;
    addMany(3);
    await writer.close();
    expect(said.at(-1)).toBe('Calls could not be put on record');
  });
});
