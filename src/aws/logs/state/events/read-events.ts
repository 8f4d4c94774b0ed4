// Reads events of a group in the order of time: all of them by the clustered table, those of few streams by their index.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { comparePositions, type Position } from './position.ts';
import type { StreamId } from './streams.ts';

export interface StoredEvent extends Position {
  readonly streamId: number;
  /** Epoch ms. */
  readonly ingested: number;
  readonly message: string;
}

/** A range of events: both ends are in it. */
export interface EventRange {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly descending: boolean;
  /** Where the last read ended: its event is not read again. */
  readonly after?: Position | undefined;
}

/** Events and characters that are read at once. */
const chunkEvents = 1000;
const chunkLength = 1_000_000;

/** Every position of real events lies between these. */
const maxSeq = Number.MAX_SAFE_INTEGER;

/** The positions between which the rest of a range lies, neither of them in it. */
function boundsOf({ from, to, descending, after }: EventRange): [Position, Position] {
  const low = { time: from, seq: -1 };
  const high = { time: to, seq: maxSeq };
  if (after === undefined) return [low, high];
  return descending ? [low, least(high, after)] : [greatest(low, after), high];
}

const least = (one: Position, other: Position): Position => (comparePositions(one, other) < 0 ? one : other);
const greatest = (one: Position, other: Position): Position =>
  comparePositions(one, other) > 0 ? one : other;

const columns = 'time, seq, stream_id AS streamId, ingested, message';

/** The next events of a whole group, fewer than there are where these are many or long; none at the end of the range. */
export function groupChunk(database: BulkDatabase, groupId: number, range: EventRange): StoredEvent[] {
  const [low, high] = boundsOf(range);
  const order = range.descending ? 'DESC' : 'ASC';
  const statement = database.prepare(
    `SELECT ${columns} FROM events WHERE group_id = ? AND (time, seq) > (?, ?) AND (time, seq) < (?, ?)
     ORDER BY time ${order}, seq ${order} LIMIT ${chunkEvents}`,
  );
  return taken(statement.iterate(groupId, low.time, low.seq, high.time, high.seq), chunkLength);
}

function taken(rows: Iterable<unknown>, length: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  let left = length;
  for (const row of rows as Iterable<StoredEvent>) {
    events.push(row);
    left -= row.message.length;
    if (left <= 0) break;
  }
  return events;
}

/** The next events of one stream, `limit` at most, and no more than their text has room in `length` characters. */
export function streamChunk(
  database: BulkDatabase,
  { id }: StreamId,
  range: EventRange,
  { limit, length }: { readonly limit: number; readonly length: number },
): StoredEvent[] {
  const [low, high] = boundsOf(range);
  const order = range.descending ? 'DESC' : 'ASC';
  const statement = database.prepare(
    `SELECT ${columns} FROM events INDEXED BY events_by_stream
     WHERE stream_id = ? AND (time, seq) > (?, ?) AND (time, seq) < (?, ?) ORDER BY time ${order}, seq ${order} LIMIT ?`,
  );
  return taken(statement.iterate(id, low.time, low.seq, high.time, high.seq, limit), length);
}

/** The next events of some streams of a group: the first of each are looked up, and those taken that nothing comes before. */
export function streamsChunk(
  database: BulkDatabase,
  groupId: number,
  streams: readonly number[],
  range: EventRange,
): StoredEvent[] {
  const each = Math.max(16, Math.ceil(chunkEvents / Math.max(1, streams.length)));
  const [low, high] = boundsOf(range);
  const order = range.descending ? 'DESC' : 'ASC';
  const sign = range.descending ? -1 : 1;
  const keys = database.prepare(
    `SELECT time, seq FROM events INDEXED BY events_by_stream
     WHERE stream_id = ? AND (time, seq) > (?, ?) AND (time, seq) < (?, ?) ORDER BY time ${order}, seq ${order} LIMIT ${each}`,
  );
  const found: Position[] = [];
  let horizon: Position | undefined;
  for (const stream of streams) {
    const some = keys.all(stream, low.time, low.seq, high.time, high.seq) as unknown as Position[];
    found.push(...some);
    const last = some.at(-1);
    // What else this stream has comes behind its last one here.
    if (some.length === each && (horizon === undefined || sign * comparePositions(last!, horizon) < 0))
      horizon = last;
  }
  const within = found.filter((one) => horizon === undefined || sign * comparePositions(one, horizon) <= 0);
  within.sort((one, other) => sign * comparePositions(one, other));
  const event = database.prepare(`SELECT ${columns} FROM events WHERE group_id = ? AND time = ? AND seq = ?`);
  return taken(
    within.values().map(({ time, seq }) => event.get(groupId, time, seq)),
    chunkLength,
  );
}
