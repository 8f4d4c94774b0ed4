// Reads a state from its database, and finds what is wrong with it. It changes nothing.
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { integrityProblems, sqliteCodeOf, sqliteCodes } from '../../lib/sqlite.ts';
import { checksumModulus, continues, rowChecksum, type BatchRecord, type Digest } from './checksums.ts';
import type { Mark } from './revision-mark.ts';
import type { Finding } from './state-errors.ts';
import { databaseFile, logFile, markFile, type StatePaths } from './state-files.ts';
import { logExtent } from './write-ahead-log.ts';

/** Some hundred kilobytes of tasks: enough that a message costs little; more only leaves larger holes in memory. */
const chunkRows = 250;
/** So many findings are told, the rest is counted. */
const maxFindings = 20;

/** What a state's checksums begin with. */
export const checksummedVersion = 2;

export class StoredState {
  readonly #database: DatabaseSync;
  readonly #paths: StatePaths;

  constructor(database: DatabaseSync, paths: StatePaths) {
    this.#database = database;
    this.#paths = paths;
  }

  /** The last batches, the oldest first; those of a checksummed state only. */
  batches(): readonly BatchRecord[] {
    return this.#database
      .prepare('SELECT number, revision, rows, sum, changes, previous, checksum FROM batches ORDER BY number')
      .all() as unknown as BatchRecord[];
  }

  /** Rows whose JSON cannot be read, in a state without checksums. */
  brokenJson(): Finding[] {
    const broken = this.#database.prepare(`SELECT "table", key FROM rows WHERE NOT json_valid(json) LIMIT ?`);
    return broken
      .all(maxFindings)
      .map(({ table, key }) => ({ file: databaseFile, where: rowPlace(table, key), what: 'it is not JSON' }));
  }

  /**
   * What is wrong with how a state of schema version `version` ends: batches that do not follow each other, or fewer
   * than were acknowledged.
   */
  findingsAtEnd(version: number, mark: Mark | 'missing' | 'damaged'): Finding[] {
    if (!Number.isInteger(version))
      return [{ file: databaseFile, where: 'table meta', what: 'the schema version is missing' }];
    return version < checksummedVersion ? this.#plainFindings(version, mark) : this.#chainFindings(mark);
  }

  /** A mark beside a state without checksums comes of a migration that was broken off. */
  #plainFindings(version: number, mark: Mark | 'missing' | 'damaged'): Finding[] {
    const revision = version === 0 ? 0 : this.#plainRevision();
    return typeof mark === 'object' && revision < mark.revision
      ? [this.#lostEnd(revision, mark.revision)]
      : [];
  }

  /** That of the last batch; undefined where it cannot be told. */
  lastRevision(version: number): number | undefined {
    const revision = version < checksummedVersion ? this.#plainRevision() : this.batches().at(-1)?.revision;
    return Number.isSafeInteger(revision) ? revision : undefined;
  }

  #plainRevision(): number {
    return Number(this.#database.prepare(`SELECT value FROM meta WHERE name = 'revision'`).get()?.['value']);
  }

  #chainFindings(mark: Mark | 'missing' | 'damaged'): Finding[] {
    const batches = this.batches();
    const broken = batches.find((batch, at) => !continues(batches[at - 1], batch));
    if (broken !== undefined || batches.length === 0) {
      const where = broken === undefined ? 'batches' : `batch ${broken.number}`;
      return [{ file: databaseFile, where, what: 'the chain of batches is broken' }];
    }
    if (typeof mark === 'string') {
      const what = mark === 'missing' ? 'the file is missing' : 'no checksum matches';
      return [{ file: markFile, where: 'last revision', what }];
    }
    const last = batches.at(-1)!;
    if (last.revision < mark.revision) return [this.#lostEnd(last.revision, mark.revision)];
    const isKept = mark.revision >= batches[0]!.revision;
    if (
      !isKept ||
      batches.some(({ revision, checksum }) => revision === mark.revision && checksum === mark.batch)
    )
      return [];
    const what = `revision ${mark.revision} is not the one that was acknowledged: the file belongs to another state`;
    return [{ file: databaseFile, where: 'batches', what }];
  }

  /** Rows that are as they were written, some at a time: table, key, JSON; table, key, JSON; … The others are `findings`. */
  *chunks(findings: Finding[]): Generator<string[]> {
    const found = new FindingList(findings);
    // No object a row: a large fleet has many.
    let [rows, sum] = [0, 0];
    let chunk: string[] = [];
    try {
      for (const row of asArrays(
        this.#database.prepare(`SELECT "table", key, checksum, json FROM rows`),
      ).iterate()) {
        const [table, key, checksum, json] = row as unknown as StoredRow;
        rows += 1;
        sum = (sum + Number(checksum)) % checksumModulus;
        if (!isSound(table, key, checksum, json)) {
          found.add({ file: databaseFile, where: rowPlace(table, key), what: 'its checksum does not match' });
          continue;
        }
        chunk.push(table as string, key as string, json as string);
        if (chunk.length < 3 * chunkRows) continue;
        yield chunk;
        chunk = [];
      }
    } catch (error) {
      found.add(unreadable(error, `after ${rows} rows`));
    }
    yield chunk;
    found.add(...wrongWhole({ rows, sum }, this.batches().at(-1)));
    found.close();
  }

  /**
   * All rows that can still be read and are as they were written, some at a time as from `chunks`: from the first on until
   * the database cannot be read, then from the last one back. Some may come twice.
   */
  *salvage(version: number): Generator<string[]> {
    const checksum = version < checksummedVersion ? 'NULL' : 'checksum';
    for (const order of ['ASC', 'DESC']) {
      const rows = this.#database.prepare(
        `SELECT "table", key, ${checksum}, json FROM rows ORDER BY rowid ${order}`,
      );
      try {
        for (const row of asArrays(rows).iterate()) {
          const [table, key, found, json] = row as unknown as StoredRow;
          const isKept = found === null ? isJson(json) : isSound(table, key, found, json);
          if (isKept) yield [table as string, key as string, json as string];
        }
        return;
      } catch (error) {
        unreadable(error, 'rows');
      }
    }
  }

  /** What SQLite itself finds wrong: pages and indexes that a later write would go astray by. */
  integrityFindings(): Finding[] {
    try {
      return integrityProblems(this.#database).map((what) => ({ file: databaseFile, where: 'pages', what }));
    } catch (error) {
      return [unreadable(error, 'pages')];
    }
  }

  #lostEnd(found: number, acknowledged: number): Finding {
    const log = logExtent(this.#paths.log);
    const where = log === undefined ? 'the end' : `byte ${log.readableBytes} of ${log.bytes}`;
    const what = `the log ends at revision ${found}, and revision ${acknowledged} was acknowledged`;
    return { file: log === undefined ? databaseFile : logFile, where, what };
  }
}

/** A finding for an error by which SQLite cannot read the database; throws every other error. */
export function unreadable(error: unknown, where: string): Finding {
  const code = sqliteCodeOf(error);
  const codes: readonly (number | undefined)[] = [
    sqliteCodes.corrupt,
    sqliteCodes.notADatabase,
    sqliteCodes.error,
  ];
  if (!codes.includes(code)) throw error;
  return { file: databaseFile, where, what: (error as Error).message };
}

/** Anything may be where text should be. */
type StoredRow = readonly [
  table: SQLOutputValue,
  key: SQLOutputValue,
  checksum: SQLOutputValue,
  json: SQLOutputValue,
];

/** The statement with rows as arrays, which are cheaper than objects. */
export function asArrays(statement: StatementSync): StatementSync {
  statement.setReturnArrays(true);
  return statement;
}

function isSound(...[table, key, checksum, json]: StoredRow): boolean {
  const isText = typeof table === 'string' && typeof key === 'string' && typeof json === 'string';
  return isText && rowChecksum(table, key, json) === checksum;
}

function isJson(json: SQLOutputValue): boolean {
  try {
    return JSON.parse(String(json)) !== undefined;
  } catch {
    return false;
  }
}

/** Keys may be anything in a damaged row. */
const rowPlace = (table: unknown, key: unknown): string =>
  `row ${printable(key)} of table ${printable(table)}`;

const printable = (value: unknown): string =>
  String(value)
    .slice(0, 200)
    .replaceAll(/[^\x20-\x7e]/g, '?');

function wrongWhole(found: Digest, last: BatchRecord | undefined): Finding[] {
  if (last === undefined || (last.rows === found.rows && last.sum === found.sum)) return [];
  const what =
    last.rows === found.rows
      ? 'a row is not the one that the last batch wrote'
      : `there are ${found.rows} rows, and the last batch counted ${last.rows}`;
  return [{ file: databaseFile, where: 'rows', what }];
}

/** Tells the first of many. */
class FindingList {
  readonly #findings: Finding[];
  #untold = 0;

  constructor(findings: Finding[]) {
    this.#findings = findings;
  }

  add(...more: readonly Finding[]): void {
    for (const one of more) {
      if (this.#findings.length < maxFindings) this.#findings.push(one);
      else this.#untold += 1;
    }
  }

  close(): void {
    if (this.#untold > 0)
      this.#findings.push({ file: databaseFile, where: 'rows', what: `${this.#untold} more findings` });
  }
}
