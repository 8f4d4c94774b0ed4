// What a disk or a person did to the files of a state: it is as it was, or it is refused with what and where.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { rowChecksum } from './checksums.ts';
import { JournalDatabase } from './journal-database.ts';
import { DamagedStateError } from './state-errors.ts';

const flips = 80;
const truncations = 52;
const rows = 60;
const batches = 40;

let root: string;
/** A state as `kill -9` leaves it, its log full; and the same once a server closed it. */
let killed: string;
let closed: string;
let trial: string;
let expected: State;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'damage-'));
  [killed, closed, trial] = [join(root, 'killed'), join(root, 'closed'), join(root, 'trial')];
  const database = new JournalDatabase(closed);
  fill(database);
  cpSync(closed, killed, { recursive: true });
  database.close();
  expected = load(closed);
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(trial, { recursive: true, force: true }));

/** Rows that are put, changed and deleted again, of all sizes. */
function fill(database: JournalDatabase): void {
  const random = seededRandom(8);
  for (let revision = 1; revision <= batches; revision += 1) {
    const changed = Array.from({ length: 1 + Math.floor(random.next() * 8) }, () => {
      const json = JSON.stringify({ revision, filling: 'x'.repeat(Math.floor(random.next() ** 4 * 12_000)) });
      return [
        `table ${revision % 3}`,
        `key ${Math.floor(random.next() * rows)}`,
        random.next() < 0.2 ? null : json,
      ];
    });
    database.write({ revision, rows: changed.flat() });
  }
}

interface State {
  readonly revision: number;
  readonly rows: readonly string[];
}

/** As a start loads it. */
function load(directory: string): State {
  const database = new JournalDatabase(directory);
  try {
    const found = [...database.chunks()].flat();
    database.verify();
    return { revision: database.revision, rows: found };
  } finally {
    database.close();
  }
}

type Outcome = 'as it was' | 'refused';

/** What a start makes of the trial's files: throws where that is another state, or a refusal without a place. */
function outcome(): Outcome {
  let found: State;
  try {
    found = load(trial);
  } catch (error) {
    expect(error).toBeInstanceOf(DamagedStateError);
    const { findings } = error as DamagedStateError;
    for (const { file, where, what } of findings) expect([file, where, what]).not.toContain('');
    expect(findings.length).toBeGreaterThan(0);
    return 'refused';
  }
  expect(found).toEqual(expected);
  return 'as it was';
}

function flip(file: string, random: { next(): number }): void {
  const path = join(trial, file);
  const bytes = readFileSync(path);
  bytes[Math.floor(random.next() * bytes.length)]! ^= 1 << Math.floor(random.next() * 8);
  writeFileSync(path, bytes);
}

function afresh(from: string): void {
  rmSync(trial, { recursive: true, force: true });
  cpSync(from, trial, { recursive: true });
}

const contents = (): Record<string, string> =>
  Object.fromEntries(readdirSync(trial).map((file) => [file, readFileSync(join(trial, file), 'latin1')]));

describe('a flipped bit', () => {
  it.each([
    ['store.db', 'closed', 'refused'],
    // Every page of it is in the log, newer.
    ['store.db', 'killed', 'as it was'],
    ['store.db-wal', 'killed', 'refused'],
    // There are two marks in it.
    ['store.mark', 'closed', 'as it was'],
  ] as const)(
    `in %s of a state that was %s never makes another state, in ${flips} flips`,
    (file, ended, mostly) => {
      const random = seededRandom(flips);
      const outcomes = Array.from({ length: flips }, () => {
        afresh(ended === 'closed' ? closed : killed);
        flip(file, random);
        return outcome();
      });
      expect(outcomes).toContain(mostly);
    },
  );

  it('in a row is told by the row', () => {
    afresh(closed);
    const path = join(trial, 'store.db');
    const bytes = readFileSync(path);
    bytes[bytes.lastIndexOf('filling') + 4]! ^= 1;
    writeFileSync(path, bytes);
    expect(() => load(trial)).toThrow(
      /store\.db, row key \d+ of table table \d: its checksum does not match/,
    );
  });

  it('in the log leaves the files as they are', () => {
    afresh(killed);
    const path = join(trial, 'store.db-wal');
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path, bytes);
    const before = contents();
    expect(() => load(trial)).toThrow(
      /store\.db-wal, byte \d+ of \d+: the log ends at revision \d+, and revision 40/,
    );
    expect(contents()).toEqual(before);
  });
});

describe('a truncated log', () => {
  it(`is refused, or has lost nothing, at ${truncations} places`, () => {
    const { length } = readFileSync(join(killed, 'store.db-wal'));
    const outcomes = Array.from({ length: truncations }, (_, place) => {
      afresh(killed);
      truncateSync(join(trial, 'store.db-wal'), Math.floor((length * place) / truncations));
      return outcome();
    });
    expect(outcomes).toEqual(Array.from({ length: truncations }, () => 'refused'));
  });

  it('is refused when it is gone altogether', () => {
    afresh(killed);
    rmSync(join(trial, 'store.db-wal'));
    expect(outcome()).toBe('refused');
  });
});

describe('a state that was killed', () => {
  it('is as it was, with a mark that is behind by some batches or torn in one of its sectors', () => {
    afresh(killed);
    expect(outcome()).toBe('as it was');
    afresh(killed);
    const path = join(trial, 'store.mark');
    const bytes = readFileSync(path);
    for (const sector of [0, 512]) {
      writeFileSync(
        path,
        Buffer.concat([bytes.subarray(0, sector), Buffer.alloc(512), bytes.subarray(sector + 512)]),
      );
      expect(outcome()).toBe('as it was');
    }
  });
});

describe('what checksums of rows alone do not show', () => {
  const change = (sql: string): void => {
    afresh(closed);
    const database = new DatabaseSync(join(trial, 'store.db'));
    database.exec(sql);
    database.close();
  };

  it.each([
    [
      'a row is missing',
      `DELETE FROM rows WHERE rowid = (SELECT min(rowid) FROM rows)`,
      /there are \d+ rows, and the last batch counted \d+/,
    ],
    [
      'a batch is missing',
      `DELETE FROM batches WHERE number = 20`,
      /batch 21: the chain of batches is broken/,
    ],
    ['the batches are gone', `DELETE FROM batches`, /batches: the chain of batches is broken/],
    ['the schema version is missing', `DELETE FROM meta`, /table meta: the schema version is missing/],
    ['a table is gone', `DROP TABLE rows`, /no such table: rows/],
  ])('%s', (_what, sql, message) => {
    change(sql);
    expect(() => load(trial)).toThrow(message);
  });

  it('a row that is an older one, as when a disk lost a write', () => {
    afresh(closed);
    const database = new DatabaseSync(join(trial, 'store.db'));
    const { rowid, table, key } = database.prepare('SELECT rowid, "table", key FROM rows LIMIT 1').get()!;
    const older = [rowChecksum(table as string, key as string, '{"revision":0}'), '{"revision":0}'];
    database.prepare('UPDATE rows SET checksum = ?, json = ? WHERE rowid = ?').run(...older, rowid!);
    database.close();
    expect(() => load(trial)).toThrow(/store\.db, rows: a row is not the one that the last batch wrote/);
  });

  it('a state of the same revision from elsewhere', () => {
    afresh(closed);
    const other = new JournalDatabase(join(root, 'other'));
    for (let revision = 1; revision <= batches + 1; revision += 1)
      other.write({ revision, rows: ['crates', 'a', `${revision}`] });
    other.close();
    cpSync(join(root, 'other', 'store.db'), join(trial, 'store.db'));
    expect(() => load(trial)).toThrow(/revision 40 is not the one that was acknowledged/);
  });

  it('a mark that is gone', () => {
    afresh(closed);
    rmSync(join(trial, 'store.mark'));
    expect(() => load(trial)).toThrow(/store\.mark, last revision: the file is missing/);
  });
});
