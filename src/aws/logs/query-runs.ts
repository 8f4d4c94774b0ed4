// The queries that run: their results go into bulk, and what is asked of one is answered from there once it has ended.
import type { Clock, Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { limitExceeded } from './errors.ts';
import type { LogDatabase } from './state/log-database.ts';
import type { RunQuery } from './state/query/run-query.ts';
import type { QueryResults, QueryStatistics, StoredQuery } from './state/query/stored-queries.ts';

/** "Logs Insights queries: 100 at once", and 60 minutes for each: cloudwatch_limits_cwl. */
const maxRunning = 100;
const timeout = 60 * 60_000;

const nothing: QueryStatistics = {
  recordsMatched: 0,
  recordsScanned: 0,
  bytesScanned: 0,
  logGroupsScanned: 0,
};

interface Running {
  query: StoredQuery;
  readonly abort: AbortController;
  readonly timer: Timer;
}

export class QueryRuns {
  readonly #database: LogDatabase;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #running = new Map<string, Running>();
  #closed = false;

  constructor(database: LogDatabase, clock: Clock, log: Log) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
  }

  /** Starts it, and answers at once. Throws LimitExceededException where too many run. */
  start(query: Omit<StoredQuery, 'status' | 'duration' | 'statistics'>, run: RunQuery): void {
    if (this.#running.size >= maxRunning)
      throw limitExceeded(`No more than ${maxRunning} queries can run at once.`);
    const abort = new AbortController();
    const timer = this.#clock.after(timeout, () => abort.abort('Timeout'));
    const stored: StoredQuery = { ...query, status: 'Running', duration: 0, statistics: nothing };
    const running: Running = { query: stored, abort, timer };
    this.#running.set(query.id, running);
    void this.#run(running, run);
  }

  /** The queries that run in a scope. */
  running(scope: string): StoredQuery[] {
    return this.#running
      .values()
      .map(({ query }) => query)
      .filter((query) => query.scope === scope)
      .toArray();
  }

  /** Answers whether it ran. */
  stop(scope: string, id: string): boolean {
    const running = this.#running.get(id);
    if (running?.query.scope !== scope) return false;
    running.abort.abort('Cancelled');
    return true;
  }

  /** What is known of a query, without results as long as it runs; undefined where it is unknown. */
  async get(
    scope: string,
    id: string,
  ): Promise<{ readonly query: StoredQuery; readonly results: QueryResults } | undefined> {
    const running = this.#running.get(id);
    if (running === undefined) return this.#database.read('getQuery', { scope, id });
    return running.query.scope === scope ? { query: running.query, results: [] } : undefined;
  }

  close(): void {
    this.#closed = true;
    for (const { abort, timer } of this.#running.values()) {
      timer.cancel();
      abort.abort('Failed');
    }
  }

  async #run(running: Running, run: RunQuery): Promise<void> {
    const started = this.#clock.elapsed();
    const { id } = running.query;
    const { abort } = running;
    let results: QueryResults = [];
    const change = (statistics: QueryStatistics, status: StoredQuery['status']): void => {
      running.query = {
        ...running.query,
        statistics,
        status,
        duration: Math.round(this.#clock.elapsed() - started),
      };
    };
    try {
      const onFound = (statistics: QueryStatistics): void => change(statistics, 'Running');
      const answer = await this.#database.scan('runQuery', run, { onFound, signal: abort.signal });
      results = answer.results;
      change(answer.statistics, 'Complete');
    } catch (error) {
      change(
        running.query.statistics,
        abort.signal.aborted ? (abort.signal.reason as StoredQuery['status']) : 'Failed',
      );
      if (!abort.signal.aborted) this.#log.warn({ query: id, error }, 'a query failed');
    }
    running.timer.cancel();
    await this.#keep(running.query, results);
  }

  async #keep(query: StoredQuery, results: QueryResults): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#database.write('saveQuery', { query, results });
    } catch (error) {
      this.#log.warn({ query: query.id, error }, 'the results of a query could not be kept');
    }
    this.#running.delete(query.id);
  }
}
