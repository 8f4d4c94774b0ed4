// A state that is gone: refused where there was one, unless a new one is meant.
import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JournalDatabase, type JournalDatabaseOptions } from './journal-database.ts';
import { MissingStateError } from './state-errors.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'missing-state-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const path = (file: string): string => join(directory, file);

function open(options?: JournalDatabaseOptions): number {
  const database = new JournalDatabase(directory, options);
  database.close();
  return database.revision;
}

function write(): void {
  const database = new JournalDatabase(directory);
  database.write({ revision: 7, rows: ['crates', 'a', '1'] });
  database.close();
}

describe('a state that is gone', () => {
  it.each([
    ['missing', () => rmSync(path('store.db'))],
    ['empty', () => truncateSync(path('store.db'))],
  ])('is refused where something was acknowledged: store.db is %s', (how, lose) => {
    write();
    lose();
    expect(open).toThrow(MissingStateError);
    expect(open).toThrow(
      `was in use before (store.mark at revision 7), and its state is gone: store.db is ${how}`,
    );
    expect(existsSync(path('store.db'))).toBe(how === 'empty');
  });

  it('is refused where others left traces of its use', () => {
    expect(() => open({ tracesOfUse: ['access.json'] })).toThrow('was in use before (access.json)');
    expect(existsSync(path('store.db'))).toBe(false);
  });

  it('is begun anew when that is meant', () => {
    write();
    rmSync(path('store.db'));
    expect(open({ tracesOfUse: ['access.json'], startOver: true })).toBe(0);
    expect(open({ tracesOfUse: ['access.json'] })).toBe(0);
  });
});

describe('a state that is there', () => {
  it('is never replaced by a new one', () => {
    write();
    expect(() => open({ startOver: true })).toThrow('contains a state');
    expect(open()).toBe(7);
  });

  it.each([
    ['nothing of it', () => rmSync(path('store.db'))],
    ['an empty file', () => truncateSync(path('store.db'))],
    [
      'no table',
      () => {
        rmSync(path('store.db'));
        const database = new DatabaseSync(path('store.db'));
        database.exec('PRAGMA journal_mode = WAL; VACUUM');
        database.close();
      },
    ],
  ])('was being made when the process was killed: %s', (_what, undo) => {
    open();
    undo();
    expect(open()).toBe(0);
  });
});
