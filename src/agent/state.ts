// What the agent must still know after a crash, in an embedded database of its own.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { KnownTask } from './known-task.ts';

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

const schemaVersion = 1;

const schema = `
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tasks (
    arn TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, payload TEXT NOT NULL, known TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS ended (arn TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pulled (image TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};
`;

/** For how long an ended task is remembered, in ms. */
const endedMemory = 7 * 24 * 60 * 60 * 1000;

/** Opens the state in the file `path` (made with mode 0600), or in memory for `:memory:`; throws on a newer schema. */
export function openAgentState(path: string): AgentState {
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
  return new SqliteAgentState(new DatabaseSync(path));
}

/** State in a SQLite database; it owns the handle. */
export class SqliteAgentState implements AgentState {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  #batching = false;

  constructor(database: DatabaseSync) {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (version > schemaVersion) {
      throw new Error(`agent state has schema version ${version}, newer than ${schemaVersion}`);
    }
    database.exec(schema);
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
        if (value !== undefined) this.#statements.saveFact.run(name, JSON.stringify(value));
      }
    });
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
    // The payload never changes, so only the first save carries it.
    if (this.#statements.updateTask.run(text, task.arn).changes > 0) return;
    this.#statements.insertTask.run(task.arn, known.order, JSON.stringify(task), text);
  }

  endTask(arn: string, now: number): void {
    this.batch(() => {
      this.#statements.deleteTask.run(arn);
      this.#statements.saveEnded.run(arn, now);
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
    this.#statements.savePulled.run(image);
  }

  batch<T>(write: () => T): T {
    if (this.#batching) return write();
    this.#batching = true;
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = write();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    } finally {
      this.#batching = false;
    }
  }

  close(): void {
    this.#database.close();
  }
}

const prepare = (database: DatabaseSync) => ({
  facts: database.prepare('SELECT name, value FROM facts'),
  saveFact: database.prepare('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)'),
  tasks: database.prepare('SELECT payload, known FROM tasks ORDER BY ordinal'),
  insertTask: database.prepare('INSERT INTO tasks (arn, ordinal, payload, known) VALUES (?, ?, ?, ?)'),
  updateTask: database.prepare('UPDATE tasks SET known = ? WHERE arn = ?'),
  deleteTask: database.prepare('DELETE FROM tasks WHERE arn = ?'),
  ended: database.prepare('SELECT 1 FROM ended WHERE arn = ?'),
  saveEnded: database.prepare('INSERT OR REPLACE INTO ended (arn, at) VALUES (?, ?)'),
  forgetEnded: database.prepare('DELETE FROM ended WHERE at < ?'),
  pulled: database.prepare('SELECT 1 FROM pulled WHERE image = ?'),
  savePulled: database.prepare('INSERT OR REPLACE INTO pulled (image) VALUES (?)'),
});
