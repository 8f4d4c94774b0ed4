// Removes events for good: those that are older than their group keeps them, and those of streams and groups that were deleted.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { eventOverhead } from './schema.ts';
import { groupIdOf } from './streams.ts';

export interface Sweep {
  /** Groups whose events before a time, epoch ms, go. */
  readonly expired: readonly { readonly uid: string; readonly before: number }[];
  /** Epoch ms before which queries go. */
  readonly queriesBefore: number;
}

/** Rows that one sweep removes: writes that wait are not held up for long. */
const maxRows = 2000;

/** Removes some of what is to go; answers whether there is more. */
export function sweep(database: BulkDatabase, { expired, queriesBefore }: Sweep): boolean {
  database.prepare('DELETE FROM queries WHERE created < ?').run(queriesBefore);
  let left = maxRows;
  for (const { uid, before } of expired) {
    const id = groupIdOf(database, uid);
    if (id !== undefined && left > 0) left -= removeOfGroup(database, id, before, left);
  }
  for (const { id, group_id: groupId } of database.prepare('SELECT * FROM deleted_streams LIMIT 10').all())
    if (left > 0) left -= removeStream(database, id as number, groupId as number, left);
  for (const { id } of database.prepare('SELECT id FROM deleted_groups LIMIT 10').all())
    if (left > 0) left -= removeGroup(database, id as number, left);
  return left <= 0;
}

/** Removes the oldest events of a group, `most` at most; answers how many. */
function removeOfGroup(database: BulkDatabase, groupId: number, before: number, most: number): number {
  const range = 'FROM events WHERE group_id = ?1 AND time < ?2';
  const last = database
    .prepare(`SELECT time, seq ${range} ORDER BY time, seq LIMIT 1 OFFSET ?3`)
    .get(groupId, before, most - 1);
  const upTo = last === undefined ? [before, -1] : [last['time'] as number, last['seq'] as number];
  const removed = 'FROM events WHERE group_id = ?1 AND (time, seq) <= (?2, ?3)';
  const size = database
    .prepare(`SELECT coalesce(sum(octet_length(message) + ${eventOverhead}), 0) AS bytes ${removed}`)
    .get(groupId, ...(upTo as [number, number]))!;
  const { changes } = database.prepare(`DELETE ${removed}`).run(groupId, ...(upTo as [number, number]));
  database
    .prepare('UPDATE log_groups SET bytes = bytes - ? WHERE id = ?')
    .run(size['bytes'] as number, groupId);
  return Number(changes);
}

function removeStream(database: BulkDatabase, id: number, groupId: number, most: number): number {
  const events = database
    .prepare('SELECT time, seq FROM events INDEXED BY events_by_stream WHERE stream_id = ? LIMIT ?')
    .all(id, most);
  const size = database.prepare(
    'SELECT octet_length(message) AS bytes FROM events WHERE group_id = ? AND time = ? AND seq = ?',
  );
  const remove = database.prepare('DELETE FROM events WHERE group_id = ? AND time = ? AND seq = ?');
  let bytes = 0;
  for (const { time, seq } of events) {
    bytes += Number(size.get(groupId, time!, seq!)!['bytes']) + eventOverhead;
    remove.run(groupId, time!, seq!);
  }
  database.prepare('UPDATE log_groups SET bytes = bytes - ? WHERE id = ?').run(bytes, groupId);
  if (events.length < most) database.prepare('DELETE FROM deleted_streams WHERE id = ?').run(id);
  return events.length;
}

function removeGroup(database: BulkDatabase, id: number, most: number): number {
  const removed = removeOfGroup(database, id, Number.MAX_SAFE_INTEGER, most);
  if (removed === most) return removed;
  const sql = 'DELETE FROM streams WHERE id IN (SELECT id FROM streams WHERE group_id = ? LIMIT ?)';
  const streams = Number(database.prepare(sql).run(id, most).changes);
  if (streams < most) database.prepare('DELETE FROM deleted_groups WHERE id = ?').run(id);
  return removed + streams;
}
