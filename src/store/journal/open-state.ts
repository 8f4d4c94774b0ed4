// Opens the database of a state, once it is clear that it may be: nothing is changed where something is wrong.
import { lockHolderText } from '../../lib/lock-holder.ts';
import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { makeDirectory } from '../../lib/make-directory.ts';
import { namingFile, sqliteCodeOf, sqliteCodes } from '../../lib/sqlite.ts';
import type { TableShapes } from '../row-migration.ts';
import { lastVersion, migrate, newerVersion, versionOf, type Migration } from './migrations.ts';
import { ensurePrivateFile } from '../../lib/private-file.ts';
import { readMark } from './revision-mark.ts';
import { DamagedStateError, MissingStateError, StateInUseError, type Finding } from './state-errors.ts';
import { databaseFile, sizeOf, type StatePaths } from './state-files.ts';
import { refuseNewerShapes } from './stored-shapes.ts';
import { StoredState, unreadable } from './stored-state.ts';

export interface StateOptions {
  /** Names, for people, of what shows that the directory was in use: a state that is missing there is refused. */
  readonly tracesOfUse?: readonly string[] | undefined;
  /** Begin with nothing where the state is gone; refused where there is one. */
  readonly startOver?: boolean | undefined;
  /** A state with rows in other shapes is refused; default none is. */
  readonly shapes?: TableShapes | undefined;
}

// The lock is the system's, on the open file: it ends with the process, however that ends.
// Pages that hold a few rows, room for the index of a large fleet, and checkpoints at 32 MiB of log make inserts
// twice as fast as SQLite's defaults.
const settings = `
  PRAGMA page_size = 8192;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -32768;
  PRAGMA wal_autocheckpoint = 4000;
`;

/**
 * The database, locked and migrated; made where the directory is new. Throws a DamagedStateError, a MissingStateError,
 * a DirectoryError, or an Error that says what is in the way.
 */
export function openState(
  paths: StatePaths,
  migrations: readonly Migration[],
  options: StateOptions,
): DatabaseSync {
  makeDirectory(paths.directory, 0o700);
  if (isThere(paths, options))
    examine(paths, (database) => findingsBeforeUse(database, paths, migrations, options));
  return namingFile(paths.database, () => {
    ensurePrivateFile(paths.database);
    const database = new DatabaseSync(paths.database, { timeout: 0 });
    try {
      database.exec(settings);
      // Left by somebody who only read; an exclusive server keeps this in memory.
      rmSync(`${paths.database}-shm`, { force: true });
      migrate(database, migrations, paths);
      return database;
    } catch (error) {
      database.close();
      throw refusal(error, paths);
    }
  });
}

/** Whether there is a state to be opened. Where there is none, the directory is fit for a new one after this. */
function isThere(paths: StatePaths, { tracesOfUse = [], startOver = false }: StateOptions): boolean {
  const size = sizeOf(paths.database);
  if (size) {
    if (!startOver) return true;
    throw new Error(
      `${paths.directory} contains a state: --new is only for a directory whose state is missing`,
    );
  }
  if (startOver) {
    setAside(paths.log);
    setAside(paths.mark);
    return false;
  }
  const traces = [...tracesOfStore(paths), ...tracesOfUse];
  if (traces.length === 0) return false;
  const gone = size === undefined ? 'missing' : 'empty';
  throw new MissingStateError(
    paths.directory,
    `the data directory ${paths.directory} was in use before (${traces.join(', ')}), and its state is gone: ` +
      `${databaseFile} is ${gone}`,
  );
}

/** Of a state from which something was acknowledged. */
function tracesOfStore(paths: StatePaths): string[] {
  const mark = readMark(paths.mark);
  const traces = sizeOf(paths.log) ? ['store.db-wal'] : [];
  if (typeof mark === 'object')
    return mark.revision > 0 ? [...traces, `store.mark at revision ${mark.revision}`] : traces;
  return mark === 'damaged' ? [...traces, 'store.mark'] : traces;
}

function setAside(path: string): void {
  if (sizeOf(path) !== undefined) renameSync(path, `${path}.before-new`);
}

/** Opens the database for reading alone and throws a DamagedStateError when `look` finds something. */
function examine(paths: StatePaths, look: (database: DatabaseSync) => Finding[]): void {
  const findings = reading(paths, look);
  if (findings.length > 0) throw new DamagedStateError(paths.directory, findings);
}

/** What `look` finds in the database, or why it cannot be read at all. SQLite changes nothing in a file opened so. */
export function reading(paths: StatePaths, look: (database: DatabaseSync) => Finding[]): Finding[] {
  const hadIndex = sizeOf(`${paths.database}-shm`) !== undefined;
  let database: DatabaseSync | undefined;
  try {
    return namingFile(paths.database, () => {
      database = new DatabaseSync(paths.database, { readOnly: true, timeout: 0 });
      return look(database);
    });
  } catch (error) {
    if (sqliteCodeOf(error) === sqliteCodes.busy) throw refusal(error, paths);
    return [unreadable(error, 'header')];
  } finally {
    database?.close();
    if (!hadIndex) rmSync(`${paths.database}-shm`, { force: true });
  }
}

function findingsBeforeUse(
  database: DatabaseSync,
  paths: StatePaths,
  migrations: readonly Migration[],
  { shapes }: StateOptions,
): Finding[] {
  const version = versionOf(database);
  if (version > lastVersion(migrations)) throw newerVersion(version, migrations);
  if (shapes !== undefined) refuseNewerShapes(database, version, shapes);
  return new StoredState(database, paths).findingsAtEnd(version, readMark(paths.mark));
}

function refusal(error: unknown, { database }: StatePaths): unknown {
  if (sqliteCodeOf(error) !== sqliteCodes.busy) return error;
  return new StateInUseError(
    `another Longshore server${lockHolderText(database)} is using ${database}: stop it, or give this one its own data directory`,
    { cause: error },
  );
}
