// A thread of bulk data: opens the database and runs the module's handlers, so that neither disk nor scans hold up a request.
import { parentPort, workerData } from 'node:worker_threads';
import { isDiskFull, sqliteCodeOf, withFileName } from '../lib/sqlite.ts';
import { openToRead, openToWrite, type BulkDatabase } from './bulk-database.ts';
import type { BulkModule } from './bulk-module.ts';
import type { BulkAnswer, BulkFailure, BulkWorkerData, FromBulkWorker, ToBulkWorker } from './messages.ts';

type Call = ToBulkWorker & { readonly kind: 'call' };

const port = parentPort!;
const { role, path, url } = workerData as BulkWorkerData;
const { bulkModule } = (await import(url)) as { readonly bulkModule: BulkModule };
const say = (message: FromBulkWorker): void => port.postMessage(message);

function failureOf(error: unknown): BulkFailure {
  const cause = error as Error;
  const isOfDatabase = sqliteCodeOf(cause) !== undefined || isDiskFull(cause);
  if (!isOfDatabase) return { message: cause.message, thrown: cause.name };
  return { message: withFileName(path, cause).message, diskFull: isDiskFull(cause) };
}

function attempt(id: number, work: () => unknown): BulkAnswer {
  try {
    return { id, value: work() };
  } catch (error) {
    return { id, failure: failureOf(error) };
  }
}

/** All writes that wait go into one transaction, and are answered once it is on disk. */
function serveWrites(database: BulkDatabase): (call: Call) => void {
  let waiting: Call[] = [];
  const write = ({ id, name, input }: Call): BulkAnswer => {
    const answer = attempt(id, () => database.part(() => bulkModule.writes[name]!(database, input as never)));
    if (!database.isTransaction)
      throw new Error('failure' in answer ? answer.failure.message : 'no transaction');
    return answer;
  };
  const flush = (): void => {
    const calls = waiting;
    waiting = [];
    try {
      say({ kind: 'answers', answers: database.transaction(() => calls.map(write)) });
    } catch (error) {
      const { message, diskFull = isDiskFull(error) } = failureOf(error);
      say({ kind: 'answers', answers: calls.map(({ id }) => ({ id, failure: { message, diskFull } })) });
    }
  };
  return (call) => {
    if (waiting.push(call) === 1) setImmediate(flush);
  };
}

const serveReads =
  (database: BulkDatabase) =>
  ({ id, name, input }: Call): void =>
    say({ kind: 'answers', answers: [attempt(id, () => bulkModule.reads[name]!(database, input as never))] });

/** Scans take turns, a step each. */
class Scans {
  readonly #database: BulkDatabase;
  readonly #running = new Map<number, Generator<unknown, unknown, void>>();

  constructor(database: BulkDatabase) {
    this.#database = database;
  }

  start({ id, name, input }: Call): void {
    this.#running.set(id, bulkModule.scans[name]!(this.#database, input as never));
    if (this.#running.size === 1) setImmediate(() => this.#turn());
  }

  cancel(id: number): void {
    this.#running.delete(id);
  }

  #turn(): void {
    for (const [id, steps] of [...this.#running]) this.#step(id, steps);
    if (this.#running.size > 0) setImmediate(() => this.#turn());
  }

  #step(id: number, steps: Generator<unknown, unknown, void>): void {
    let answer: BulkAnswer;
    try {
      const { done, value } = steps.next();
      if (done !== true) return say({ kind: 'found', id, found: value });
      answer = { id, value };
    } catch (error) {
      answer = { id, failure: failureOf(error) };
    }
    this.#running.delete(id);
    say({ kind: 'answers', answers: [answer] });
  }
}

function serve(database: BulkDatabase): void {
  const scans = new Scans(database);
  const call =
    role === 'writer' ? serveWrites(database) : role === 'reader' ? serveReads(database) : undefined;
  port.on('message', (message: ToBulkWorker) => {
    if (message.kind === 'call') (call ?? ((one: Call) => scans.start(one)))(message);
    else if (message.kind === 'cancel') scans.cancel(message.id);
    // Behind the writes that wait.
    else
      setImmediate(() => {
        database.close();
        port.close();
      });
  });
  say({ kind: 'open' });
}

serve(role === 'writer' ? openToWrite(path, bulkModule.migrations) : openToRead(path));
