// The journal's SQLite file: exclusive to one server, one transaction a batch. Synchronous; runs in the worker thread.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { FilesInPlace } from '../../lib/files-in-place.ts';
import { inTransaction, namingFile } from '../../lib/sqlite.ts';
import { changedDigest, nextBatch, rowChecksum, type BatchRecord, type Digest } from './checksums.ts';
import type { Batch } from './messages.ts';
import { insertBatch, journalMigrations, type Migration } from './migrations.ts';
import { openState, type StateOptions } from './open-state.ts';
import { RevisionMark } from './revision-mark.ts';
import { DamagedStateError, type Finding } from './state-errors.ts';
import { statePaths, type StatePaths } from './state-files.ts';
import { StoredShapes } from './stored-shapes.ts';
import { asArrays, StoredState } from './stored-state.ts';

/** So many batches are kept: enough that the one of the mark, which lags behind after a power cut, is among them. */
const keptBatches = 64;

export interface JournalDatabaseOptions extends StateOptions {
  readonly migrations?: readonly Migration[] | undefined;
}

/** The open file. Constructing it locks, makes or migrates it, or throws an Error that says what is in the way. */
export class JournalDatabase {
  readonly #paths: StatePaths;
  readonly #database: DatabaseSync;
  readonly #state: StoredState;
  readonly #shapes: StoredShapes;
  readonly #mark: RevisionMark;
  readonly #files: FilesInPlace;
  readonly #statements: ReturnType<typeof prepare>;
  #last: BatchRecord;
  #closed = false;

  constructor(directory: string, options: JournalDatabaseOptions = {}) {
    this.#paths = statePaths(directory);
    this.#database = openState(this.#paths, options.migrations ?? journalMigrations, options);
    this.#state = new StoredState(this.#database, this.#paths);
    this.#shapes = new StoredShapes(this.#database);
    this.#statements = prepare(this.#database);
    this.#last = this.#state.batches().at(-1)!;
    this.#mark = new RevisionMark(this.#paths.mark);
    this.#files = new FilesInPlace([this.#paths.database, this.#paths.log, this.#paths.mark]);
    // What is served from now on counts as acknowledged, also what nobody was told of before a crash.
    this.#mark.write(markOf(this.#last));
    this.#mark.sync();
  }

  get revision(): number {
    return this.#last.revision;
  }

  /** All rows, some at a time: table, key, JSON; table, key, JSON; … Throws a DamagedStateError at the end. */
  *chunks(): Generator<readonly string[]> {
    const findings: Finding[] = [];
    yield* this.#state.chunks(findings);
    this.#refuse(findings);
    this.#database.exec('PRAGMA shrink_memory');
  }

  /** Throws a DamagedStateError when pages or indexes are not as they should be. */
  verify(): void {
    this.#refuse(this.#state.integrityFindings());
  }

  /** Writes a batch, all or nothing; when it returns, the batch is on disk, and the mark says so. */
  write(batch: Batch): void {
    this.#last = namingFile(this.#paths.database, () =>
      inTransaction(this.#database, () => this.#apply(batch)),
    );
    this.#files.check();
    this.#mark.write(markOf(this.#last));
  }

  /** Brings the mark to disk beside other work; `failed` is told when it cannot be. */
  syncMark(failed: (error: Error) => void): void {
    this.#mark.syncLater((error) => {
      if (!this.#closed) failed(error);
    });
  }

  close(): void {
    this.#closed = true;
    this.#database.close();
    this.#mark.sync();
    this.#mark.close();
  }

  #apply({ revision, rows }: Batch): BatchRecord {
    const { dropBatches, addBatch } = this.#statements;
    let digest: Digest = this.#last;
    let changes = 0;
    for (let place = 0; place < rows.length; place += 3) {
      const [table, key, json] = [rows[place]!, rows[place + 1]!, rows[place + 2]!];
      const checksum = json === null ? undefined : rowChecksum(table, key, json);
      if (json !== null) this.#shapes.note(table, json);
      digest = changedDigest(digest, this.#put(table, key, checksum, json), checksum);
      changes = crc32(checksum === undefined ? `${table}\0${key}` : String(checksum), changes);
    }
    const next = nextBatch(this.#last, { revision, rows: digest.rows, sum: digest.sum, changes });
    addBatch.run({ ...next });
    dropBatches.run(next.number - keptBatches);
    return next;
  }

  /** Answers the checksum of the row that was there. */
  #put(table: string, key: string, checksum: number | undefined, json: string | null): number | undefined {
    const { find, insert, update, remove } = this.#statements;
    const [rowid, before] = (find.get(table, key) ?? []) as unknown as [number?, number?];
    if (rowid === undefined) {
      if (json !== null) insert.run(table, key, checksum!, json);
    } else if (json === null) remove.run(rowid);
    else update.run(checksum!, json, rowid);
    return before;
  }

  #refuse(findings: readonly Finding[]): void {
    if (findings.length > 0) throw new DamagedStateError(this.#paths.directory, findings);
  }
}

const markOf = ({ revision, checksum }: BatchRecord) => ({ revision, batch: checksum });

const prepare = (database: DatabaseSync) =>
  ({
    find: asArrays(database.prepare(`SELECT rowid, checksum FROM rows WHERE "table" = ? AND key = ?`)),
    insert: database.prepare(`INSERT INTO rows ("table", key, checksum, json) VALUES (?, ?, ?, ?)`),
    update: database.prepare(`UPDATE rows SET checksum = ?, json = ? WHERE rowid = ?`),
    remove: database.prepare(`DELETE FROM rows WHERE rowid = ?`),
    addBatch: database.prepare(insertBatch),
    dropBatches: database.prepare('DELETE FROM batches WHERE number <= ?'),
  }) satisfies Record<string, StatementSync>;
