// What GetLogEvents and GetLogRecord read.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { Position } from './position.ts';
import { streamChunk, type EventRange, type StoredEvent } from './read-events.ts';
import { eventOverhead } from './schema.ts';
import { groupIdOf, streamIdOf } from './streams.ts';

export interface GetEvents extends EventRange {
  readonly uid: string;
  readonly stream: string;
  readonly limit: number;
}

/** What one answer may hold, as AWS counts it. */
const maxBytes = 1_048_576;

/** Events of a stream, in the order of the range; undefined where there is no such stream. */
export function getEvents(database: BulkDatabase, get: GetEvents): StoredEvent[] | undefined {
  const stream = streamIdOf(database, get.uid, get.stream);
  if (stream === undefined) return undefined;
  const events = streamChunk(database, stream, get, { limit: get.limit, length: maxBytes });
  return events.slice(0, countWithin(events, maxBytes));
}

/** How many of the first events have room in `bytes`; one at least. */
export function countWithin(events: readonly StoredEvent[], bytes: number): number {
  let left = bytes;
  for (const [place, { message }] of events.entries()) {
    left -= Buffer.byteLength(message) + eventOverhead;
    if (left < 0) return Math.max(1, place);
  }
  return events.length;
}

export interface EventPointer extends Position {
  readonly uid: string;
}

/** One event with the name of its stream; undefined where it is gone. */
export function getRecord(
  database: BulkDatabase,
  { uid, time, seq }: EventPointer,
): (StoredEvent & { readonly stream: string }) | undefined {
  const sql = `SELECT e.time, e.seq, e.stream_id AS streamId, e.ingested, e.message, s.name AS stream
    FROM events e JOIN streams s ON s.id = e.stream_id WHERE e.group_id = ? AND e.time = ? AND e.seq = ?`;
  const row = database.prepare(sql).get(groupIdOf(database, uid) ?? 0, time, seq);
  return row as unknown as (StoredEvent & { readonly stream: string }) | undefined;
}
