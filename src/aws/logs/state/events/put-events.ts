import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { eventOverhead } from './schema.ts';
import { streamIdOf } from './streams.ts';

/** Events in flat arrays, which are cheap to pass between threads. */
export interface PutEvents {
  readonly uid: string;
  readonly stream: string;
  /** Epoch ms: when they were taken in. */
  readonly now: number;
  /** Epoch ms, not falling. */
  readonly times: Float64Array;
  readonly messages: readonly string[];
  /** Of all messages, UTF-8. */
  readonly bytes: number;
}

/** Adds events to a stream; answers the number after the last one, undefined where there is no such stream. */
export function putEvents(database: BulkDatabase, put: PutEvents): number | undefined {
  const stream = streamIdOf(database, put.uid, put.stream);
  if (stream === undefined) return undefined;
  const first = database.prepare('SELECT next FROM sequence').get()!['next'] as number;
  const { times, messages, now } = put;
  if (messages.length === 0) return first;
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  for (const [place, message] of messages.entries())
    insert.run(stream.groupId, times[place]!, first + place, stream.id, now, message);
  const next = first + messages.length;
  database.prepare('UPDATE sequence SET next = ?').run(next);
  database
    .prepare(
      `UPDATE streams SET last_ingestion = ?1, last_event = max(last_event, ?2),
       first_event = CASE first_event WHEN 0 THEN ?3 ELSE min(first_event, ?3) END WHERE id = ?4`,
    )
    .run(now, times.at(-1)!, times[0]!, stream.id);
  const added = put.bytes + messages.length * eventOverhead;
  database.prepare('UPDATE log_groups SET bytes = bytes + ? WHERE id = ?').run(added, stream.groupId);
  return next;
}
