// Runs a query of Insights over the events of groups, the newest first, some at a time.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { groupChunk, type StoredEvent } from '../events/read-events.ts';
import { groupIdOf } from '../events/streams.ts';
import { compileQuery } from '../insights/insights-query.ts';
import type { LogEvent } from '../insights/row.ts';
import { pointerText } from './pointer.ts';
import type { QueryResults, QueryStatistics } from './stored-queries.ts';

export interface RunQuery {
  readonly queryString: string;
  readonly limit: number;
  /** Epoch ms. */
  readonly now: number;
  readonly from: number;
  readonly to: number;
  readonly groups: readonly QueriedGroup[];
}

export interface QueriedGroup {
  readonly uid: string;
  /** `<account>:<name>`, the field @log. */
  readonly log: string;
}

export interface QueryAnswer {
  readonly statistics: QueryStatistics;
  readonly results: QueryResults;
}

/** Yields what was counted so far. Throws QueryTooLarge where it would hold too much. */
export function* runQuery(
  database: BulkDatabase,
  run: RunQuery,
): Generator<QueryStatistics, QueryAnswer, void> {
  const query = compileQuery(run.queryString, run).run();
  const counted = { recordsScanned: 0, bytesScanned: 0 };
  const statistics = (): QueryStatistics => ({
    ...counted,
    recordsMatched: query.statistics.recordsMatched,
    logGroupsScanned: run.groups.length,
  });
  const readers = run.groups.map((group) => new GroupReader(database, group, run));
  for (;;) {
    const reader = newest(readers);
    if (reader === undefined) break;
    // As long as no other group has a newer event, these come one after the other.
    const others = readers.filter((one) => one !== reader);
    const bound = Math.max(-Infinity, ...others.map((one) => one.next?.time ?? -Infinity));
    for (const event of reader.take(bound)) {
      counted.recordsScanned++;
      counted.bytesScanned += event.message.length;
      query.add(event);
    }
    yield statistics();
  }
  const results = query.end();
  return { statistics: statistics(), results };
}

function newest(readers: readonly GroupReader[]): GroupReader | undefined {
  let found: GroupReader | undefined;
  for (const reader of readers) {
    const next = reader.next;
    if (next !== undefined && (found === undefined || next.time > found.next!.time)) found = reader;
  }
  return found;
}

/** The events of one group, the newest first. */
class GroupReader {
  readonly #database: BulkDatabase;
  readonly #group: QueriedGroup;
  readonly #run: RunQuery;
  readonly #id: number | undefined;
  readonly #streams: ReadonlyMap<number, string>;
  #chunk: readonly StoredEvent[] = [];
  #place = 0;
  #ended = false;

  constructor(database: BulkDatabase, group: QueriedGroup, run: RunQuery) {
    this.#database = database;
    this.#group = group;
    this.#run = run;
    this.#id = groupIdOf(database, group.uid);
    const rows = database.prepare('SELECT id, name FROM streams WHERE group_id = ?').all(this.#id ?? 0);
    this.#streams = new Map(rows.map(({ id, name }) => [id as number, name as string]));
  }

  get next(): StoredEvent | undefined {
    if (this.#place === this.#chunk.length) this.#read();
    return this.#chunk[this.#place];
  }

  /** The rest of what was read at once, down to the time `bound`; one event at least. */
  *take(bound: number): Generator<LogEvent> {
    for (let first = true; this.#place < this.#chunk.length; first = false) {
      const event = this.#chunk[this.#place]!;
      if (!first && event.time < bound) return;
      this.#place++;
      const stream = this.#streams.get(event.streamId);
      if (stream !== undefined) yield new QueriedEvent(event, stream, this.#group);
    }
  }

  #read(): void {
    if (this.#ended || this.#id === undefined) return;
    const { from, to } = this.#run;
    const range = { from, to, descending: true, after: this.#chunk.at(-1) };
    this.#chunk = groupChunk(this.#database, this.#id, range);
    this.#place = 0;
    this.#ended = this.#chunk.length === 0;
  }
}

class QueriedEvent implements LogEvent {
  readonly #event: StoredEvent;
  readonly #group: QueriedGroup;
  readonly logStream: string;

  constructor(event: StoredEvent, stream: string, group: QueriedGroup) {
    this.#event = event;
    this.#group = group;
    this.logStream = stream;
  }

  get timestamp(): number {
    return this.#event.time;
  }
  get ingestionTime(): number {
    return this.#event.ingested;
  }
  get message(): string {
    return this.#event.message;
  }
  get log(): string {
    return this.#group.log;
  }
  get ptr(): string {
    return pointerText({ uid: this.#group.uid, time: this.#event.time, seq: this.#event.seq });
  }
}
