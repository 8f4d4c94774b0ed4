import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, isDiskFull, namingFile, sqliteCodeOf, sqliteCodes } from './sqlite.ts';

let directory: string;
let database: DatabaseSync;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sqlite-'));
  database = new DatabaseSync(join(directory, 'a.db'));
  database.exec('CREATE TABLE crates (name TEXT)');
});
afterEach(() => {
  database.close();
  rmSync(directory, { recursive: true });
});

const add = (name: string): void => void database.prepare('INSERT INTO crates VALUES (?)').run(name);

describe('inTransaction', () => {
  const names = (): unknown[] =>
    database
      .prepare('SELECT name FROM crates')
      .all()
      .map(({ name }) => name);

  it('keeps all of the work or nothing of it', () => {
    inTransaction(database, () => add('a'));
    const work = (): void => {
      add('b');
      throw new Error('cannot');
    };
    expect(() => inTransaction(database, work)).toThrow('cannot');
    expect(names()).toEqual(['a']);
  });

  it('tells what the work threw where SQLite has rolled back itself', () => {
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON crates
      BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END`);
    expect(() => inTransaction(database, () => add('a'))).toThrow('database or disk is full');
    expect(database.isTransaction).toBe(false);
  });
});

describe('namingFile', () => {
  const caught = (work: () => void): unknown => {
    try {
      namingFile('/srv/a.db', work);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('puts the file before an error of SQLite, and keeps its code', () => {
    database.exec('PRAGMA max_page_count = 2');
    const error = caught(() => add('x'.repeat(100_000)));
    expect(error).toMatchObject({ message: '/srv/a.db: database or disk is full' });
    expect([sqliteCodeOf(error), isDiskFull(error)]).toEqual([sqliteCodes.full, true]);
  });

  it('leaves alone what is no error of a disk', () => {
    const ours = new Error('the row is no JSON');
    const found = caught(() => {
      throw ours;
    });
    expect(found).toBe(ours);
  });
});
