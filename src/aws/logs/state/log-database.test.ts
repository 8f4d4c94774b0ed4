import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { bulkInProcess } from '../../../bulk/bulk-in-process.ts';
import type { FilterEvents } from './events/filter-events.ts';
import { bulkModule, type LogDatabase } from './log-database.ts';

const all: FilterEvents = {
  uid: 'g',
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  descending: false,
  pattern: '',
  limit: 10_000,
};

let database: LogDatabase;
beforeEach(() => {
  database = bulkInProcess(bulkModule);
});

async function put(stream: string, times: readonly number[], uid = 'g', text = ''): Promise<void> {
  await database.write('createStream', { uid, name: stream, now: 1 });
  const messages = times.map((time, place) => `${stream} ${time} ${place}${text}`);
  const bytes = messages.reduce((sum, message) => sum + message.length, 0);
  await database.write('putEvents', {
    uid,
    stream,
    now: 1,
    times: Float64Array.from(times),
    messages,
    bytes,
  });
}

async function filtered(more: Partial<FilterEvents>): Promise<string[]> {
  const found: string[] = [];
  let { after } = more;
  for (;;) {
    const { events, next } = await database.read('filterEvents', { ...all, ...more, after });
    found.push(...events.map(({ message }) => message));
    if (next === undefined) return found;
    after = next;
  }
}

describe('events of some streams', () => {
  it('are the same, read by their own index or among all of the group', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ stream: fc.nat(5), from: fc.nat(300), count: fc.integer({ min: 1, max: 900 }) }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        fc.boolean(),
        fc.integer({ min: 300, max: 10_000 }),
        async (batches, descending, limit) => {
          database = bulkInProcess(bulkModule);
          for (const { stream, from, count } of batches)
            await put(
              `s${stream}`,
              Array.from({ length: count }, (_, place) => from + (place >> 2)),
            );
          const streams = [...new Set(batches.map(({ stream }) => `s${stream}`))].filter(
            (name) => name < 's3',
          );
          const whole = (await filtered({ descending })).filter((message) => message < 's3');
          const some = streams.length === 0 ? [] : await filtered({ descending, streams, limit });
          expect(some).toEqual(whole);
          expect(await filtered({ descending, prefix: 's', limit })).toEqual(await filtered({ descending }));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are cut where an answer would hold more than a MiB, and none is lost', async () => {
    await put(
      'long',
      Array.from({ length: 40 }, (_, time) => time),
      'g',
      'x'.repeat(90_000),
    );
    const { events, next } = await database.read('filterEvents', all);
    expect(events).toHaveLength(11);
    expect(next).toBeDefined();
    expect(await filtered({})).toHaveLength(40);
    expect(await filtered({ pattern: '" 39 "' })).toHaveLength(1);
  });
});

describe('a sweep', () => {
  const sweep = async (uid?: string, before = 0): Promise<number> => {
    let pieces = 1;
    const input = { expired: uid === undefined ? [] : [{ uid, before }], queriesBefore: 0 };
    while (await database.write('sweep', input)) pieces++;
    return pieces;
  };
  const bytes = async (): Promise<number> => (await database.read('groupBytes', ['g']))[0]!;
  const times = Array.from({ length: 5000 }, (_, time) => time);

  it('removes what is expired, in pieces', async () => {
    await put('s', times);
    await put('t', times);
    expect(await sweep('g', 4990)).toBe(5);
    expect(await filtered({})).toHaveLength(20);
    expect(await bytes()).toBe((await filtered({})).reduce((sum, message) => sum + message.length + 26, 0));
    expect(await sweep('g', 4990)).toBe(1);
  });

  it('removes what streams and groups leave that were deleted', async () => {
    await put('s', times);
    await put('t', [1, 2]);
    await database.write('deleteStream', { uid: 'g', name: 's' });
    expect(await filtered({})).toHaveLength(2);
    expect(await sweep()).toBe(3);
    expect(await bytes()).toBe(2 * ('t 1 0'.length + 26));
    await database.write('deleteGroup', 'g');
    await put('s', [7], 'h');
    await sweep();
    expect(await filtered({})).toEqual([]);
    expect(await filtered({ uid: 'h' })).toEqual(['s 7 0']);
  });

  it('removes groups that a crash has left without a record', async () => {
    await put('s', [1]);
    await put('s', [2], 'h');
    await database.write('keepOnlyGroups', ['h']);
    expect(await filtered({})).toEqual([]);
    expect(await filtered({ uid: 'h' })).toEqual(['s 2 0']);
  });
});

describe('a query', () => {
  const run = {
    limit: 10_000,
    now: 0,
    from: 0,
    to: 1000,
    groups: [
      { uid: 'g', log: 'g' },
      { uid: 'h', log: 'h' },
    ],
  };

  it('reads the events of all groups from the newest to the oldest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(50), { maxLength: 40 }),
        fc.array(fc.nat(50), { maxLength: 40 }),
        async (one, other) => {
          database = bulkInProcess(bulkModule);
          await put('s', one.length === 0 ? [] : one.toSorted((a, b) => a - b));
          await put('s', other.length === 0 ? [] : other.toSorted((a, b) => a - b), 'h');
          const { results, statistics } = await database.scan('runQuery', {
            ...run,
            queryString: 'fields toMillis(@timestamp) as t',
          });
          const found = results.map(([time]) => Number(time!.value));
          expect(found).toEqual([...one, ...other].toSorted((a, b) => b - a));
          expect(statistics.recordsScanned).toBe(one.length + other.length);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('tells how far it is, and ends when it is told to', async () => {
    await put(
      's',
      Array.from({ length: 5000 }, (_, place) => Math.floor(place / 10)),
    );
    const stop = new AbortController();
    const seen: number[] = [];
    const query = database.scan(
      'runQuery',
      { ...run, queryString: 'stats count(*)' },
      {
        onFound: ({ recordsScanned }) => {
          seen.push(recordsScanned);
          if (seen.length === 2) stop.abort(new Error('enough'));
        },
        signal: stop.signal,
      },
    );
    await expect(query).rejects.toThrow('enough');
    expect(seen).toEqual([1000, 2000]);
  });
});
