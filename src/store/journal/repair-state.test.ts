import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { examineState } from './examine-state.ts';
import { JournalDatabase } from './journal-database.ts';
import { repairState } from './repair-state.ts';

const rows = 400;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'repair-state-'));
  const database = new JournalDatabase(directory);
  const each = (row: number): string[] => [
    'crates',
    `key ${row}`,
    JSON.stringify({ row, filling: 'x'.repeat(500) }),
  ];
  for (let first = 1; first < rows; first += 100) {
    const batch = Array.from({ length: 100 }, (_, at) => each(first + at));
    database.write({ revision: first + 99, rows: batch.flat() });
  }
  database.close();
});
afterEach(() => rmSync(directory, { recursive: true }));

const path = (): string => join(directory, 'store.db');

function damage(change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path());
  change(bytes);
  writeFileSync(path(), bytes);
}

function load(): { revision: number; keys: string[] } {
  const database = new JournalDatabase(directory);
  const keys = [...database.chunks()].flat().filter((_, at) => at % 3 === 1);
  database.verify();
  database.close();
  return { revision: database.revision, keys };
}

it('keeps all rows but those that are damaged, and the damaged files beside', () => {
  damage((bytes) => (bytes[bytes.indexOf('"row":77,') + 8]! ^= 1));
  expect(examineState(directory)).toMatchObject({
    rows: rows - 1,
    revision: rows,
    findings: [{ where: 'row key 77 of table crates' }],
  });
  expect(repairState(directory)).toEqual({ rows: rows - 1, revision: rows, setAside: 'damaged-1' });
  expect(examineState(directory)).toMatchObject({ rows: rows - 1, revision: rows, findings: [] });
  const { revision, keys } = load();
  expect([revision, keys.length, keys.includes('key 77')]).toEqual([rows, rows - 1, false]);
  expect(readdirSync(join(directory, 'damaged-1'))).toEqual(
    expect.arrayContaining(['store.db', 'store.mark']),
  );
});

it('reads from both ends around pages that cannot be read', () => {
  const page = 8192;
  damage((bytes) => bytes.fill(0xff, page * 12, page * 13));
  expect(examineState(directory).findings.length).toBeGreaterThan(0);
  const { rows: kept } = repairState(directory);
  expect(kept).toBeGreaterThan(rows - 40);
  const { keys } = load();
  expect(keys).toHaveLength(kept);
  expect(keys).toEqual(expect.arrayContaining(['key 1', `key ${rows}`]));
});

it('goes on at the revision that was acknowledged, where the end is lost', () => {
  const database = new JournalDatabase(directory);
  database.write({ revision: rows + 5, rows: ['crates', 'late', '{}'] });
  const log = readFileSync(join(directory, 'store.db-wal'));
  const mark = readFileSync(join(directory, 'store.mark'));
  const before = readFileSync(path());
  database.close();
  writeFileSync(path(), before);
  writeFileSync(join(directory, 'store.db-wal'), log);
  writeFileSync(join(directory, 'store.mark'), mark);
  truncateSync(join(directory, 'store.db-wal'), 0);
  expect(() => load()).toThrow(`the log ends at revision ${rows}, and revision ${rows + 5} was acknowledged`);
  expect(repairState(directory)).toEqual({ rows, revision: rows + 5, setAside: 'damaged-1' });
  expect(load().revision).toBe(rows + 5);
});

it('leaves a directory without a state alone', () => {
  rmSync(path());
  expect(() => repairState(directory)).toThrow('is missing, so there is nothing to keep');
});
