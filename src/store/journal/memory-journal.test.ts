import { describe, expect, it } from 'vitest';
import { flushPromises } from '../../../test-support/virtual-clock.ts';
import { NotLeadingError } from '../journal.ts';
import { MemoryJournal } from './memory-journal.ts';
import { describeJournal } from '../../../test-support/journal-conformance.ts';
import { loadRows } from '../../../test-support/load-rows.ts';

const change = (key: string, row?: unknown) => ({ table: 'crates', key, shape: 1, row });
const keysOf = async (journal: MemoryJournal): Promise<string[]> =>
  (await loadRows(journal)).rows.map(({ key }) => key);

describe('MemoryJournal', () => {
  it('is durable at once when told to be', async () => {
    const journal = new MemoryJournal({ durability: 'immediate' });
    journal.append(1, [change('a', { weight: 1 }), change('b', {})]);
    journal.append(2, [change('b')]);
    await journal.durable(2);
    expect(await loadRows(journal.crash())).toEqual({ revision: 2, rows: [change('a', { weight: 1 })] });
  });

  it('keeps copies: what happens to a row later does not reach them', async () => {
    const journal = new MemoryJournal({ durability: 'immediate' });
    const row = { weight: 1 };
    journal.append(1, [change('a', row)]);
    row.weight = 2;
    const [first, second] = [await loadRows(journal), await loadRows(journal)];
    expect(first.rows[0]?.row).toEqual({ weight: 1 });
    expect(first.rows[0]?.row).not.toBe(second.rows[0]?.row);
  });

  it('loses in a crash what was not flushed, and never says that it was', async () => {
    const journal = new MemoryJournal({ durability: 'manual' });
    for (const revision of [1, 2, 3]) journal.append(revision, [change(`row ${revision}`, {})]);
    const heard: number[] = [];
    for (const revision of [1, 2, 3]) void journal.durable(revision).then(() => heard.push(revision));
    journal.flush(2);
    await flushPromises();
    expect([heard, journal.durableRevision]).toEqual([[1, 2], 2]);

    const next = journal.crash();
    void journal.durable(1).then(() => heard.push(1));
    journal.append(4, [change('late', {})]);
    journal.flush();
    await journal.close();
    await flushPromises();
    expect(heard).toEqual([1, 2]);
    expect(await keysOf(journal)).toEqual(['row 1', 'row 2']);
    expect(await keysOf(next)).toEqual(['row 1', 'row 2']);
  });

  it('goes on after a crash in a life of its own', async () => {
    const journal = new MemoryJournal({ durability: 'manual' });
    journal.append(1, [change('a', {})]);
    journal.flush();
    const next = journal.crash();
    next.append(2, [change('b', {})]);
    next.flush();
    expect(await keysOf(next)).toEqual(['a', 'b']);
    expect(await keysOf(journal)).toEqual(['a']);
  });

  it('makes the rest durable when it closes, and takes nothing more', async () => {
    const journal = new MemoryJournal({ durability: 'manual' });
    journal.append(1, [change('a', {})]);
    await journal.close();
    await journal.durable(1);
    expect(() => journal.append(2, [])).toThrow('the journal is closed');
  });
});

describeJournal('MemoryJournal', () => {
  let disk: MemoryJournal | undefined;
  return {
    open: (limits) =>
      (disk = new MemoryJournal({ durability: 'immediate', ...(limits && { limits }) }, disk)),
    breakDown: () => disk!.fail(new NotLeadingError('another one leads')),
  };
});

describe('a MemoryJournal that fails', () => {
  it('rejects whoever waits, and leaves what was durable', async () => {
    const journal = new MemoryJournal({ durability: 'manual' });
    journal.append(1, [change('a', {})]);
    journal.flush();
    journal.append(2, [change('b', {})]);
    const waiting = journal.durable(2);
    const failure = new NotLeadingError('another one leads');
    journal.fail(failure);
    await expect(waiting).rejects.toBe(failure);
    expect(await keysOf(journal.crash())).toEqual(['a']);
  });
});
