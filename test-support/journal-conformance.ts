// What every journal does, whatever it writes to: `src/store/journal.ts` as tests.
import { describe, expect, it } from 'vitest';
import {
  CommitTooLargeError,
  JournalFailedError,
  type BatchLimits,
  type Journal,
  type JournalChange,
} from '../src/store/journal.ts';
import { loadRows } from './load-rows.ts';

/** How the suite has a journal of one kind. */
export interface JournalUnderTest {
  /** One that is not loaded yet: with what the ones before it made durable. */
  open(limits?: BatchLimits): Journal;
  /** Makes the journal unable to write what is appended from now on. */
  breakDown(journal: Journal): void;
}

const crate = (key: string, row?: unknown, shape = 1): JournalChange => ({
  table: 'crates',
  key,
  shape,
  row,
});

async function opened(of: JournalUnderTest, limits?: BatchLimits): Promise<Journal> {
  const journal = of.open(limits);
  await journal.load(() => undefined);
  await journal.verify();
  return journal;
}

/** `prepare` is called in each test. */
export function describeJournal(name: string, prepare: () => JournalUnderTest): void {
  const reloaded = (of: JournalUnderTest) => loadRows(of.open());

  describe(`${name}, as every journal`, () => {
    it('begins with nothing, and gives back what was durable: the last of each row, and its shape', async () => {
      const of = prepare();
      const journal = of.open();
      expect(await loadRows(journal)).toEqual({ revision: 0, rows: [] });
      journal.append(1, [crate('a', { weight: 1 }), crate('b', {}), crate('c', { tons: 1 }, 3)]);
      journal.append(2, [crate('b'), crate('a', { weight: 2, label: 'é 漢 😀 " \u0000' })]);
      await journal.close();
      const { revision, rows } = await reloaded(of);
      expect(revision).toBe(2);
      expect(rows).toHaveLength(2);
      expect(rows).toContainEqual(crate('a', { weight: 2, label: 'é 漢 😀 " \u0000' }));
      expect(rows).toContainEqual(crate('c', { tons: 1 }, 3));
    });

    it('makes commits durable in their order, and the earlier ones without the later', async () => {
      const journal = await opened(prepare());
      const heard: number[] = [];
      const waits = [1, 2, 3].map(async (revision) => {
        journal.append(revision, [crate(`row ${revision}`, {})]);
        await journal.durable(revision);
        heard.push(revision);
      });
      await journal.close();
      await Promise.all(waits);
      expect(heard).toEqual([1, 2, 3]);
      await expect(journal.durable(2)).resolves.toBeUndefined();
    });

    it('writes any number of commits, however small a batch may be', async () => {
      const of = prepare();
      const journal = await opened(of, { rows: 3, bytes: 60 });
      for (let revision = 1; revision <= 50; revision += 1)
        journal.append(revision, [crate(`key ${revision % 7}`, { revision }), crate('last', { revision })]);
      await journal.durable(20);
      await journal.close();
      const { revision, rows } = await reloaded(of);
      expect([revision, rows.length]).toEqual([50, 8]);
      expect(rows).toContainEqual(crate('last', { revision: 50 }));
    });

    it.each([
      ['of more rows than a batch', [crate('a', {}), crate('b', {}), crate('c', {})], 'more than 2 rows'],
      ['of more bytes than a batch', [crate('a', { text: '漢'.repeat(40) })], 'more than 100 bytes'],
    ])('refuses a commit %s, takes nothing of it, and goes on', async (_, changes, message) => {
      const of = prepare();
      const journal = await opened(of, { rows: 2, bytes: 100 });
      journal.append(1, [crate('before', {})]);
      expect(() => journal.append(2, changes)).toThrow(CommitTooLargeError);
      expect(() => journal.append(2, changes)).toThrow(message);
      journal.append(2, [crate('after', {})]);
      await journal.close();
      const { revision, rows } = await reloaded(of);
      expect([revision, rows.map(({ key }) => key).toSorted()]).toEqual([2, ['after', 'before']]);
    });

    it('refuses what is not plain data, takes nothing of it, and goes on', async () => {
      const of = prepare();
      const journal = await opened(of);
      expect(() => journal.append(1, [crate('a', {}), crate('b', { weight: 1n })])).toThrow('BigInt');
      journal.append(1, [crate('c', {})]);
      await journal.close();
      expect(await reloaded(of)).toEqual({ revision: 1, rows: [crate('c', {})] });
    });

    it('fails for good, says so, acknowledges nothing from then on, and keeps what was durable', async () => {
      const of = prepare();
      const journal = await opened(of);
      journal.append(1, [crate('kept', {})]);
      await journal.durable(1);
      of.breakDown(journal);
      await expect(lose(journal)).rejects.toBeInstanceOf(JournalFailedError);
      const failure = await journal.failed;
      expect(failure).toBeInstanceOf(JournalFailedError);
      expect(() => journal.append(3, [crate('late', {})])).toThrow(failure);
      await expect(journal.durable(3)).rejects.toBe(failure);
      await expect(journal.durable(1)).resolves.toBeUndefined();
      await expect(journal.close()).rejects.toBe(failure);
    });

    it('takes nothing once it is closed', async () => {
      const journal = await opened(prepare());
      await journal.close();
      expect(() => journal.append(1, [crate('a', {})])).toThrow('the journal is closed');
    });
  });

  /** Appends what will be lost; refused at once, or later. */
  async function lose(journal: Journal): Promise<void> {
    journal.append(2, [crate('lost', {})]);
    await journal.durable(2);
  }
}
