import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableShapes } from '../row-migration.ts';
import { JournalDatabase } from './journal-database.ts';
import { journalMigrations, type Migration } from './migrations.ts';

let root: string;
let directory: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'journal-'));
  directory = join(root, 'made');
  path = join(directory, 'store.db');
});
afterEach(() => rmSync(root, { recursive: true }));

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const rowsOf = (database: JournalDatabase): unknown[] =>
  [...database.chunks()].flatMap((chunk) =>
    Array.from({ length: chunk.length / 3 }, (_, row) => {
      const [table, key, json] = chunk.slice(3 * row, 3 * row + 3);
      return [table, key, JSON.parse(json!)];
    }),
  );

/** Opens, does, closes. */
function using<T>(run: (database: JournalDatabase) => T, migrations?: readonly Migration[]): T {
  const database = new JournalDatabase(directory, { migrations });
  try {
    return run(database);
  } finally {
    database.close();
  }
}

const upperCase: Migration = {
  version: 4,
  run: (database) => database.exec(`UPDATE rows SET json = upper(json)`),
};
const versionFour = [...journalMigrations, upperCase];

describe('JournalDatabase', () => {
  it('keeps what was written, replaced and deleted, and the revision', () => {
    using((database) => {
      database.write({ revision: 3, rows: ['crates', 'a', '1', 'crates', 'b', '2', 'boats', 'a', '3'] });
      database.write({
        revision: 7,
        rows: ['crates', 'a', '10', 'crates', 'b', null, 'crates', 'none', null],
      });
    });
    using((database) => {
      expect(database.revision).toBe(7);
      expect(rowsOf(database)).toEqual([
        ['crates', 'a', 10],
        ['boats', 'a', 3],
      ]);
    });
  });

  it('reads any number of rows, in chunks', () => {
    using((database) => {
      const rows = Array.from({ length: 1001 }, (_, number) => [
        'crates',
        `key ${number}`,
        `${number}`,
      ]).flat();
      database.write({ revision: 1, rows });
      expect([...database.chunks()].length).toBeGreaterThan(3);
      expect(rowsOf(database)).toHaveLength(1001);
    });
  });

  it('writes a batch as a whole or not at all', () => {
    using((database) => database.write({ revision: 1, rows: ['crates', 'a', '1'] }));
    const plain = new DatabaseSync(path);
    plain.exec(
      `CREATE TRIGGER full BEFORE INSERT ON rows WHEN NEW.key = 'b' BEGIN SELECT RAISE(ROLLBACK, 'full'); END`,
    );
    plain.close();
    using((database) => {
      const write = (): void =>
        database.write({ revision: 2, rows: ['crates', 'a', '2', 'crates', 'b', '2'] });
      expect(write).toThrow('full');
      expect([database.revision, rowsOf(database)]).toEqual([1, [['crates', 'a', 1]]]);
    });
  });

  it('is readable by its owner alone, in a directory that is so too', () => {
    using((database) => {
      database.write({ revision: 1, rows: ['crates', 'a', '1'] });
      const files = readdirSync(join(root, 'made')).sort();
      expect(files).toEqual(['store.db', 'store.db-wal', 'store.mark']);
      expect(files.map((file) => modeOf(join(directory, file)))).toEqual(['600', '600', '600']);
    });
    expect(modeOf(join(root, 'made'))).toBe('700');
  });

  it('takes away rights that a copied file came with', () => {
    using(() => undefined);
    chmodSync(path, 0o644);
    using(() => expect(modeOf(path)).toBe('600'));
  });

  it('belongs to one server, in this process and in others, until that closes it', () => {
    const script = `
      import { JournalDatabase } from ${JSON.stringify(new URL('./journal-database.ts', import.meta.url).href)};
      new JournalDatabase(${JSON.stringify(directory)}).close();`;
    const other = () =>
      spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    using(() => {
      expect(() => new JournalDatabase(directory)).toThrow(
        /another Longshore server( \(pid \d+\))? is using .*store\.db/,
      );
      // The refused attempt above opened and closed the file; the lock must not have gone with it.
      const result = other();
      expect([result.status, result.stderr]).toEqual([
        1,
        expect.stringContaining('another Longshore server'),
      ]);
    });
    expect(other()).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('shapes of rows', () => {
  const inShapeTwo = '{"$shape":2,"version":1}';
  const known = { crates: 2, boats: 1 };
  const openFor = (shapes: TableShapes): void => new JournalDatabase(directory, { shapes }).close();
  const filesOf = (): string[] =>
    ['store.db', 'store.db-wal', 'store.mark']
      .filter((file) => existsSync(join(directory, file)))
      .map((file) => readFileSync(join(directory, file), 'latin1'))
      // Who reads leaves an empty log.
      .filter(({ length }) => length > 0);

  beforeEach(() =>
    using((database) => {
      database.write({ revision: 1, rows: ['boats', 'a', '{"version":1}', 'crates', 'a', inShapeTwo] });
      database.write({ revision: 2, rows: ['crates', 'b', '{"version":1}', 'crates', 'a', null] });
    }),
  );

  it('are taken where they are known, in this release and a later one', () => {
    openFor(known);
    openFor({ crates: 3, boats: 1, barges: 1 });
  });

  it.each([
    [{ crates: 1, boats: 1 }, 'table crates in shape 2, and this Longshore knows shapes up to 1: start the'],
    [{ crates: 2 }, 'a table boats that is not known here: start the release that wrote it, or a later one'],
  ])('are refused where a later release wrote them, and nothing is touched: %o', (shapes, message) => {
    const before = filesOf();
    expect(() => openFor(shapes)).toThrow(message);
    expect(filesOf()).toEqual(before);
  });
});

describe('migrations', () => {
  beforeEach(() => using((database) => database.write({ revision: 5, rows: ['crates', 'a', '"x"'] })));

  it('bring an older database up to date, once', () => {
    const read = (database: JournalDatabase): unknown[] => [database.revision, rowsOf(database)];
    expect(using(read, versionFour)).toEqual([5, [['crates', 'a', 'X']]]);
    using((database) => database.write({ revision: 6, rows: ['crates', 'a', '"y"'] }), versionFour);
    expect(using(read, versionFour)).toEqual([6, [['crates', 'a', 'y']]]);
  });

  it('run in order on a new database', () => {
    rmSync(directory, { recursive: true });
    expect(using((database) => database.revision, versionFour)).toBe(0);
  });

  it('refuse a newer database and say both versions', () => {
    using(() => undefined, versionFour);
    expect(() => new JournalDatabase(directory)).toThrow(
      /schema version 4, and this Longshore knows versions up to 3/,
    );
    expect(using(rowsOf, versionFour)).toEqual([['crates', 'a', 'X']]);
  });

  it('change nothing when one of them fails', () => {
    const broken: Migration = {
      version: 5,
      run: () => {
        throw new Error('cannot');
      },
    };
    expect(() => new JournalDatabase(directory, { migrations: [...versionFour, broken] })).toThrow('cannot');
    expect(using(rowsOf)).toEqual([['crates', 'a', 'x']]);
  });

  it('have ascending versions', () => {
    const versions = journalMigrations.map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, place) => place + 1));
  });
});
