// What the agent must still know after a crash, in an embedded database of its own.
import { lockHolderText } from '../lib/lock-holder.ts';
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { FilesInPlace } from '../lib/files-in-place.ts';
import { inTransaction, isDiskFull, namingFile, sqliteCodeOf, sqliteCodes } from '../lib/sqlite.ts';
import { AgentTerminated } from './agent-terminated.ts';
import type { KnownTask } from './task/known-task.ts';
import { bringUpToDate, DamagedAgentStateError, rowChecksum } from './state-schema.ts';

/** Facts about the agent itself. */
export interface AgentFacts {
  readonly cluster?: string | undefined;
  readonly containerInstanceArn?: string | undefined;
  /** Highest manifest timeline or payload sequence number seen. */
  readonly timeline?: number | undefined;
}

/** Durable once a call returns. Every method throws when the database cannot be written. */
export interface AgentState {
  facts(): AgentFacts;
  saveFacts(facts: AgentFacts): void;
  /** In order of arrival. */
  tasks(): readonly KnownTask[];
  saveTask(known: KnownTask): void;
  /** Forgets all of the task but that it once was; see `hasEnded`. */
  endTask(arn: string, now: number): void;
  /** Whether a task was here and is gone for good, which must never run again. */
  hasEnded(arn: string): boolean;
  hasPulled(image: string): boolean;
  savePulled(image: string): void;
  /** Makes everything that `write` saves durable at once, or nothing of it. */
  batch<T>(write: () => T): T;
  close(): void;
}

/** The database's name in the agent's data directory. */
export const agentStateFile = 'agent.db';

/** For how long an ended task is remembered, in ms. */
const endedMemory = 7 * 24 * 60 * 60 * 1000;

/** SQLite's name for no file. */
const inMemory = ':memory:';

/** Told once, when something could not be saved: what the agent knows is then ahead of the disk, and it must stop. */
type OnFailure = (error: Error) => void;

/**
 * Opens the state in the file `path` (made with mode 0600), or in memory for `:memory:`. Throws AgentTerminated, with exit
 * code 5, when another agent has it open, or it cannot be read; with 1 when the disk is full.
 */
export function openAgentState(path: string, onFailure: OnFailure = () => undefined): AgentState {
  try {
    return namingFile(path, () => openDatabase(path, onFailure));
  } catch (error) {
    throw new AgentTerminated(refusal(path, error as Error), isDiskFull(error) ? 1 : 5);
  }
}

function openDatabase(path: string, onFailure: OnFailure): AgentState {
  if (path === inMemory) return new SqliteAgentState(new DatabaseSync(path), path, onFailure);
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    return new SqliteAgentState(database, path, onFailure);
  } catch (error) {
    database.close();
    throw error;
  }
}

function refusal(path: string, error: Error): string {
  if (sqliteCodeOf(error) === sqliteCodes.busy) {
    return `Another agent${lockHolderText(path)} is using ${path}: stop it, or give this one a data directory of its own with ECS_DATADIR.`;
  }
  const sentence = `The agent cannot use its state ${path}: ${error.message.replace(`${path}: `, '')}.`;
  if (!isDamage(error)) return sentence;
  return (
    `${sentence} Restore a backup of it, or remove it: the agent then registers as a new container instance, and stops what ` +
    'it ran before.'
  );
}

/** In contrast to what keeps a sound state from being opened. */
function isDamage(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return (
    error instanceof DamagedAgentStateError ||
    code === sqliteCodes.corrupt ||
    code === sqliteCodes.notADatabase
  );
}

/** State in a SQLite database; it owns the handle. */
class SqliteAgentState implements AgentState {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #path: string;
  readonly #files: FilesInPlace;
  readonly #onFailure: OnFailure;
  #batching = false;
  #failed = false;

  constructor(database: DatabaseSync, path: string, onFailure: OnFailure) {
    // The lock is the system's, on the open file: one agent at a time, and it ends with the process, however that ends.
    database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
    bringUpToDate(database);
    this.#path = path;
    this.#files = new FilesInPlace(path === inMemory ? [] : [path]);
    this.#onFailure = onFailure;
    this.#database = database;
    this.#statements = prepare(database);
  }

  facts(): AgentFacts {
    const rows = this.#statements.facts.all() as { name: string; value: string }[];
    return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]));
  }

  saveFacts(facts: AgentFacts): void {
    this.batch(() => {
      for (const [name, value] of Object.entries(facts)) {
        if (value !== undefined) this.#saveFact(name, JSON.stringify(value));
      }
    });
  }

  #saveFact(name: string, value: string): void {
    this.#statements.saveFact.run(name, value, rowChecksum('facts', name, value));
  }

  tasks(): readonly KnownTask[] {
    const rows = this.#statements.tasks.all() as { payload: string; known: string }[];
    return rows.map(({ payload, known }) => ({
      ...(JSON.parse(known) as Omit<KnownTask, 'task'>),
      task: JSON.parse(payload) as KnownTask['task'],
    }));
  }

  saveTask({ task, ...known }: KnownTask): void {
    const text = JSON.stringify(known);
    this.#write(() => {
      // The payload never changes, so only the first save carries it.
      const checksum = rowChecksum('known', task.arn, text);
      if (this.#statements.updateTask.run(text, checksum, task.arn).changes > 0) return;
      const payload = JSON.stringify(task);
      const payloadChecksum = rowChecksum('payload', task.arn, known.order, payload);
      this.#statements.insertTask.run(task.arn, known.order, payload, text, payloadChecksum, checksum);
    });
  }

  endTask(arn: string, now: number): void {
    this.batch(() => {
      this.#statements.deleteTask.run(arn);
      this.#statements.saveEnded.run(arn, now, rowChecksum('ended', arn, now));
      this.#statements.forgetEnded.run(now - endedMemory);
    });
  }

  hasEnded(arn: string): boolean {
    return this.#statements.ended.get(arn) !== undefined;
  }

  hasPulled(image: string): boolean {
    return this.#statements.pulled.get(image) !== undefined;
  }

  savePulled(image: string): void {
    this.#write(() => this.#statements.savePulled.run(image, rowChecksum('pulled', image)));
  }

  batch<T>(write: () => T): T {
    if (this.#batching) return write();
    this.#batching = true;
    try {
      return this.#write(() => inTransaction(this.#database, write));
    } finally {
      this.#batching = false;
    }
  }

  /** Saves, and makes sure that it went to the file that the next agent opens. */
  #write<T>(save: () => T): T {
    try {
      const result = namingFile(this.#path, save);
      this.#files.check();
      return result;
    } catch (error) {
      const isOfDisk = (error as NodeJS.ErrnoException).code !== undefined;
      if (isOfDisk && !this.#failed) {
        this.#failed = true;
        this.#onFailure(error as Error);
      }
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}

const prepare = (database: DatabaseSync) => ({
  facts: database.prepare('SELECT name, value FROM facts'),
  saveFact: database.prepare('INSERT OR REPLACE INTO facts (name, value, checksum) VALUES (?, ?, ?)'),
  tasks: database.prepare('SELECT payload, known FROM tasks ORDER BY ordinal'),
  insertTask: database.prepare(
    `INSERT INTO tasks (arn, ordinal, payload, known, payload_checksum, known_checksum)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  updateTask: database.prepare('UPDATE tasks SET known = ?, known_checksum = ? WHERE arn = ?'),
  deleteTask: database.prepare('DELETE FROM tasks WHERE arn = ?'),
  ended: database.prepare('SELECT 1 FROM ended WHERE arn = ?'),
  saveEnded: database.prepare('INSERT OR REPLACE INTO ended (arn, at, checksum) VALUES (?, ?, ?)'),
  forgetEnded: database.prepare('DELETE FROM ended WHERE at < ?'),
  pulled: database.prepare('SELECT 1 FROM pulled WHERE image = ?'),
  savePulled: database.prepare('INSERT OR REPLACE INTO pulled (image, checksum) VALUES (?, ?)'),
});
