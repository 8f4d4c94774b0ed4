import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flushPromises } from '../../../test-support/virtual-clock.ts';
import { SqliteJournal, type SqliteJournalOptions } from './sqlite-journal.ts';
import { describeJournal } from '../../../test-support/journal-conformance.ts';
import { databaseFile } from './state-files.ts';
import { loadRows } from '../../../test-support/load-rows.ts';

let directory: string;
let failures: Error[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  failures = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

function make(options: Partial<SqliteJournalOptions> = {}): SqliteJournal {
  const journal = new SqliteJournal({ directory, ...options });
  void journal.failed.then((failure) => failures.push(failure));
  return journal;
}

async function opened(): Promise<SqliteJournal> {
  const journal = make();
  await loadRows(journal);
  return journal;
}

async function reloaded(): Promise<{ revision: number; rows: readonly unknown[] }> {
  const journal = make();
  const found = await loadRows(journal);
  await journal.close();
  return found;
}

const crate = (key: string, row?: unknown) => ({ table: 'crates', key, shape: 1, row });

/** Makes every write of the key `poison` fail as a full disk would. */
function poison(): void {
  const database = new DatabaseSync(join(directory, databaseFile));
  database.exec(`CREATE TRIGGER poison BEFORE INSERT ON rows WHEN NEW.key = 'poison'
    BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END`);
  database.close();
}

describeJournal('SqliteJournal', () => ({
  open: (limits) => make({ ...(limits && { limits }) }),
  breakDown: () => rmSync(join(directory, databaseFile)),
}));

describe('SqliteJournal', () => {
  it('starts empty, and gives back what was durable', async () => {
    const journal = make();
    expect(await loadRows(journal)).toEqual({ revision: 0, rows: [] });
    journal.append(1, [crate('a', { weight: 1, label: 'é 漢 😀 " \u0000' }), crate('b', {})]);
    journal.append(2, [crate('b')]);
    await journal.durable(2);
    await journal.close();
    expect(await reloaded()).toEqual({
      revision: 2,
      rows: [crate('a', { weight: 1, label: 'é 漢 😀 " \u0000' })],
    });
  });

  it('keeps the shape that each row was written in', async () => {
    const journal = await opened();
    journal.append(1, [crate('a', { weight: 1 }), { ...crate('b', { tons: 1 }), shape: 12 }]);
    await journal.close();
    expect((await reloaded()).rows).toEqual([
      crate('a', { weight: 1 }),
      { ...crate('b', { tons: 1 }), shape: 12 },
    ]);
    const older = make();
    await expect(loadRows(older, { crates: 11 })).rejects.toThrow(
      'in shape 12, and this Longshore knows shapes up to 11',
    );
    await expect(older.close()).rejects.toThrow('in shape 12');
    expect(failures).toEqual([]);
  });

  it('writes in commit order, whatever is in hand when commits arrive', async () => {
    const journal = await opened();
    for (let revision = 1; revision <= 300; revision += 1) {
      journal.append(revision, [crate(`key ${revision % 7}`, { revision }), crate('last', { revision })]);
      if (revision % 50 === 0) await journal.durable(revision - 25);
    }
    await journal.close();
    const { revision, rows } = await reloaded();
    expect([revision, rows.length]).toEqual([300, 8]);
    expect(rows).toContainEqual(crate('last', { revision: 300 }));
    expect(rows).toContainEqual(crate('key 1', { revision: 295 }));
  });

  it('is durable in order, and at once for what is on disk already', async () => {
    const journal = await opened();
    const heard: string[] = [];
    const await_ = (revision: number): Promise<unknown> =>
      journal.durable(revision).then(() => heard.push(`durable ${revision}`));
    journal.append(1, [crate('a', {})]);
    const first = await_(1);
    await flushPromises();
    journal.append(2, [crate('b', {})]);
    await Promise.all([await_(2), first]);
    expect(heard).toEqual(['durable 1', 'durable 2']);
    expect(journal.durable(1)).toBe(journal.durable(2));
    await journal.close();
  });

  it('refuses to wait for what was never appended', async () => {
    const journal = await opened();
    await expect(journal.durable(1)).rejects.toThrow('revision 1 was never appended');
    await journal.close();
  });

  it('writes the rest when it closes, and takes nothing more', async () => {
    const journal = await opened();
    journal.append(1, [crate('a', {})]);
    await journal.close();
    await journal.close();
    expect(() => journal.append(2, [crate('b', {})])).toThrow('the journal is closed');
    expect((await reloaded()).revision).toBe(1);
  });

  it('fails for good, and says so once, when a write fails', async () => {
    await reloaded();
    poison();
    const journal = await opened();
    journal.append(1, [crate('a', {})]);
    await journal.durable(1);
    journal.append(2, [crate('poison', {})]);
    await Promise.resolve();
    journal.append(3, [crate('b', {})]);
    await expect(journal.durable(2)).rejects.toThrow('disk is full');
    expect(() => journal.append(4, [crate('c', {})])).toThrow('disk is full');
    await expect(journal.durable(3)).rejects.toThrow('disk is full');
    await expect(journal.durable(4)).rejects.toThrow('disk is full');
    await expect(journal.durable(1)).resolves.toBeUndefined();
    await expect(journal.close()).rejects.toThrow('disk is full');
    expect(failures.map(({ message }) => message)).toEqual([
      `${join(directory, databaseFile)}: database or disk is full`,
    ]);
    expect(await reloaded()).toMatchObject({ revision: 1, rows: [crate('a', {})] });
  });

  it('fails when the failing write is the one that close waits for', async () => {
    await reloaded();
    poison();
    const journal = await opened();
    journal.append(1, [crate('poison', {})]);
    await expect(journal.close()).rejects.toThrow('disk is full');
    expect(failures).toHaveLength(1);
  });

  it('refuses to load when another journal has the directory, without calling that a failed write', async () => {
    const journal = await opened();
    const other = make();
    await expect(loadRows(other)).rejects.toThrow(/another Longshore server( \(pid \d+\))? is using/);
    await expect(other.close()).rejects.toThrow(/another Longshore server( \(pid \d+\))? is using/);
    journal.append(1, [crate('a', {})]);
    await journal.durable(1);
    await journal.close();
    expect(failures).toEqual([]);
  });

  it('fails when its files are deleted, and acknowledges nothing from then on', async () => {
    const journal = await opened();
    journal.append(1, [crate('a', {})]);
    await journal.durable(1);
    rmSync(join(directory, databaseFile));
    journal.append(2, [crate('b', {})]);
    await expect(journal.durable(2)).rejects.toThrow(
      `${databaseFile} was deleted or replaced while it was in use`,
    );
    expect(failures).toHaveLength(1);
    await expect(journal.close()).rejects.toThrow('was deleted');
  });

  it('is closed at once when it was never loaded', async () => {
    await expect(make().close()).resolves.toBeUndefined();
  });
});
