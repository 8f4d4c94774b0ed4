import { beforeEach, describe, expect, it } from 'vitest';
import { aTask } from '../../../test-support/builders/a-task.ts';
import { createLog } from '../../lib/log.ts';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { MemoryJournal } from '../../store/journal/memory-journal.ts';
import { openStore } from '../../store/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { tasks } from '../ecs/state/task/tasks.ts';
import { startLoop, type Controller } from './loop.ts';

const minute = 60_000;

let clock: VirtualClock;
let store: Store;
let logged: Record<string, unknown>[];
/** Every sync: key and time since the start, ms. */
let synced: { key: string; at: number }[];
let stop: () => void;

beforeEach(async () => {
  clock = new VirtualClock(0);
  logged = [];
  synced = [];
  store = await openStore({ tables: [tasks], journal: new MemoryJournal({ durability: 'immediate' }), log });
});

const log = createLog('error', {
  write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>),
});

/** Runs a controller whose keys are the ids of changed tasks. */
function start(
  sync: (key: string) => number | undefined = () => undefined,
  all: readonly string[] = [],
): void {
  const controller: Controller = {
    name: 'test',
    watch: (of, enqueue) => of.watch(tasks, (changes) => changes.forEach(({ after }) => enqueue(after!.id))),
    allKeys: () => all,
    sync: (key, _store, now) => {
      synced.push({ key, at: now });
      return sync(key);
    },
  };
  stop = startLoop(controller, { store, clock, random: seededRandom(1), log });
}

const touch = (...ids: string[]): void =>
  store.update((tx) => {
    for (const id of ids) tx.table(tasks).put(aTask({ id }));
  });
const keys = (): string[] => synced.map(({ key }) => key);
const times = (): number[] => synced.map(({ at }) => at);

describe('a loop', () => {
  it('syncs every key at the start', async () => {
    start(undefined, ['a', 'b']);
    await clock.advance(0);
    expect(keys()).toEqual(['a', 'b']);
  });

  it('syncs the keys of a change, after the change and not within it', async () => {
    start();
    touch('a');
    expect(keys()).toEqual([]);
    await clock.advance(0);
    expect(keys()).toEqual(['a']);
  });

  it('syncs a key once for many changes that came before its turn', async () => {
    start();
    touch('a');
    touch('b', 'a');
    touch('a');
    await clock.advance(0);
    expect(keys()).toEqual(['a', 'b']);
  });

  it('syncs a key again when its own sync changed it, until that changes nothing more', async () => {
    let left = 3;
    start((key) => {
      if (left-- > 0) touch(key);
      return undefined;
    });
    touch('a');
    await clock.advance(0);
    expect(keys()).toEqual(['a', 'a', 'a', 'a']);
  });

  it('lets others have their turn before it syncs a key again that its own sync changed', async () => {
    const turns: string[] = [];
    start((key) => {
      turns.push('sync');
      if (turns.length > 4) return undefined;
      clock.after(0, () => turns.push('other'));
      touch(key);
      return undefined;
    });
    touch('a');
    await clock.advance(0);
    expect(turns).toEqual(['sync', 'other', 'sync', 'other', 'sync']);
  });

  it('does a full resync every ten minutes', async () => {
    start(undefined, ['a', 'b']);
    await clock.advance(25 * minute);
    expect(synced).toEqual(
      [0, 10, 20].flatMap((at) => [
        { key: 'a', at: at * minute },
        { key: 'b', at: at * minute },
      ]),
    );
  });

  it('gives the event loop a turn between batches, and loses and reorders no key', async () => {
    const ids = Array.from({ length: 200 }, (_, at) => String(at));
    const turns: number[] = [];
    start(() => {
      if (synced.length === 1) clock.after(0, () => turns.push(synced.length));
      return undefined;
    });
    touch(...ids);
    await clock.advance(0);
    expect(turns).toEqual([64]);
    expect(keys()).toEqual(ids);
  });
});

it('gives the event loop a turn before the batch is done where a sync takes long', async () => {
  let late = 0;
  const turns: number[] = [];
  stop = startLoop(
    {
      name: 'slow',
      watch: () => () => undefined,
      allKeys: () => ['a', 'b', 'c', 'd', 'e'],
      sync: (key, _store, now) => {
        synced.push({ key, at: now });
        if (key === 'a') clock.after(0, () => turns.push(synced.length));
        late += 3;
        return undefined;
      },
    },
    {
      store,
      clock,
      random: seededRandom(1),
      log,
      turns: {
        run: (work) => {
          late = 0;
          work();
        },
        hasTime: () => late < 8,
      },
    },
  );
  await clock.advance(0);
  expect(turns).toEqual([3]);
  expect(keys()).toEqual(['a', 'b', 'c', 'd', 'e']);
  stop();
});

describe('a wake-up', () => {
  it('comes at the time that the sync asked for', async () => {
    start((key) => (synced.length === 1 && key === 'a' ? 5000 : undefined));
    touch('a');
    await clock.advance(minute);
    expect(times()).toEqual([0, 5000]);
  });

  it('is replaced by what a later sync asks for', async () => {
    start(() => [10_000, 30_000][synced.length - 1]);
    touch('a');
    await clock.advance(5000);
    touch('a');
    await clock.advance(minute);
    expect(times()).toEqual([0, 5000, 30_000]);
  });

  it('is gone when a later sync asks for none', async () => {
    start(() => [10_000][synced.length - 1]);
    touch('a');
    await clock.advance(5000);
    touch('a');
    await clock.advance(minute);
    expect(times()).toEqual([0, 5000]);
  });

  it('asked for in the past comes at once', async () => {
    start(() => (synced.length < 3 ? -1000 : undefined));
    touch('a');
    await clock.advance(0);
    expect(times()).toEqual([0, 0, 0]);
  });
});

describe('a sync that throws', () => {
  it('is tried again, ever less often, and logged each time with its cause', async () => {
    start(() => {
      throw new Error('out of order');
    });
    touch('a');
    await clock.advance(9 * minute);
    const pauses = times()
      .slice(1)
      .map((at, before) => at - times()[before]!);
    const bases = pauses.map((_, attempt) => Math.min(minute, 100 * 2 ** attempt));
    expect(pauses.length).toBeGreaterThan(10);
    pauses.forEach((pause, attempt) => {
      expect(pause).toBeGreaterThanOrEqual(bases[attempt]! * 0.8);
      expect(pause).toBeLessThanOrEqual(bases[attempt]! * 1.2);
    });
    expect(logged).toHaveLength(synced.length);
    expect(logged[0]).toMatchObject({ controller: 'test', key: 'a', err: { message: 'out of order' } });
  });

  it('holds up no other key', async () => {
    start((key) => {
      if (key === 'a') throw new Error('out of order');
      return undefined;
    });
    touch('a', 'b');
    await clock.advance(0);
    expect(keys()).toEqual(['a', 'b']);
  });

  it('begins with a short pause again after it succeeded', async () => {
    let fails = true;
    start(() => {
      if (fails) throw new Error('out of order');
      return undefined;
    });
    touch('a');
    await clock.advance(30_000);
    fails = false;
    await clock.advance(2 * minute);
    const succeeded = synced.length;
    await clock.advance(minute);
    expect(synced).toHaveLength(succeeded);
    fails = true;
    touch('a');
    await clock.advance(121);
    expect(synced).toHaveLength(succeeded + 2);
  });

  it('is tried at once when its key changes meanwhile, and its pause then starts anew', async () => {
    start(() => {
      throw new Error('out of order');
    });
    touch('a');
    await clock.advance(10);
    touch('a');
    await clock.advance(0);
    expect(times()).toEqual([0, 10]);
    await clock.advance(150);
    expect(synced).toHaveLength(2);
    await clock.advance(100);
    expect(synced).toHaveLength(3);
  });
});

describe('stopping', () => {
  it('cancels waiting keys, wake-ups, retries and the resync, and hears of no change', async () => {
    start(
      (key) => {
        if (key === 'a') throw new Error('out of order');
        return 5000;
      },
      ['a', 'b'],
    );
    await clock.advance(0);
    touch('c');
    stop();
    touch('d');
    expect(clock.nextAt()).toBeUndefined();
    await clock.advance(60 * minute);
    expect(keys()).toEqual(['a', 'b']);
  });

  it('within a sync ends the loop all the same', async () => {
    start(
      (key) => {
        if (key === 'a') stop();
        return 5000;
      },
      ['a', 'b', 'c'],
    );
    await clock.advance(0);
    expect(keys()).toEqual(['a']);
    expect(clock.nextAt()).toBeUndefined();
  });
});
