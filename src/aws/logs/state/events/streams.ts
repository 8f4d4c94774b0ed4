// The streams of groups: made, listed, deleted.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';

export interface StoredStream {
  readonly name: string;
  /** Epoch ms, as all of these; 0 where there was no event yet. */
  readonly created: number;
  readonly firstEvent: number;
  readonly lastEvent: number;
  readonly lastIngestion: number;
}

/** The id of a group that has streams or had some. */
export function groupIdOf(database: BulkDatabase, uid: string): number | undefined {
  return database.prepare('SELECT id FROM log_groups WHERE uid = ?').get(uid)?.['id'] as number | undefined;
}

export function streamIdOf(database: BulkDatabase, uid: string, name: string): StreamId | undefined {
  const sql =
    'SELECT id, group_id FROM streams WHERE name = ? AND group_id = (SELECT id FROM log_groups WHERE uid = ?)';
  const row = database.prepare(sql).get(name, uid);
  return row && { id: row['id'] as number, groupId: row['group_id'] as number };
}

export interface StreamId {
  readonly id: number;
  readonly groupId: number;
}

/** Answers whether it is new. */
export function createStream(
  database: BulkDatabase,
  { uid, name, now }: { readonly uid: string; readonly name: string; readonly now: number },
): boolean {
  database.prepare('INSERT OR IGNORE INTO log_groups (uid) VALUES (?)').run(uid);
  const sql = 'INSERT OR IGNORE INTO streams (group_id, name, created) VALUES (?, ?, ?)';
  return database.prepare(sql).run(groupIdOf(database, uid)!, name, now).changes === 1;
}

/** Answers whether it was there. Its events are not seen any more; `sweep` removes them. */
export function deleteStream(
  database: BulkDatabase,
  { uid, name }: { readonly uid: string; readonly name: string },
): boolean {
  const stream = streamIdOf(database, uid, name);
  if (stream === undefined) return false;
  database.prepare('DELETE FROM streams WHERE id = ?').run(stream.id);
  database.prepare('INSERT INTO deleted_streams VALUES (?, ?)').run(stream.id, stream.groupId);
  return true;
}

/** Its streams and events are not seen any more; `sweep` removes them. */
export function deleteGroup(database: BulkDatabase, uid: string): void {
  const id = groupIdOf(database, uid);
  if (id === undefined) return;
  database.prepare('DELETE FROM log_groups WHERE id = ?').run(id);
  database.prepare('INSERT INTO deleted_groups VALUES (?)').run(id);
}

/** Deletes the groups that are not in `uids`: what a crash, or a stream that was made meanwhile, left behind a group's record. */
export function keepOnlyGroups(database: BulkDatabase, uids: readonly string[]): void {
  const kept = new Set(uids);
  const all = database.prepare('SELECT uid FROM log_groups').all();
  for (const { uid } of all) if (!kept.has(uid as string)) deleteGroup(database, uid as string);
}

export interface ListStreams {
  readonly uid: string;
  readonly prefix: string;
  readonly orderBy: 'LogStreamName' | 'LastEventTime';
  readonly descending: boolean;
  /** The last one of the page before: its name, and its last event for that order. */
  readonly after?: readonly [lastEvent: number, name: string] | undefined;
  readonly limit: number;
}

/** Streams of a group in an order, one more than `limit` where there are more. */
export function listStreams(database: BulkDatabase, list: ListStreams): StoredStream[] {
  const id = groupIdOf(database, list.uid);
  if (id === undefined) return [];
  const [beyond, order] = list.descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const columns = `name, created, first_event AS firstEvent, last_event AS lastEvent, last_ingestion AS lastIngestion`;
  const rows =
    list.orderBy === 'LastEventTime'
      ? database
          .prepare(
            `SELECT ${columns} FROM streams WHERE group_id = ? AND (?2 OR (last_event, name) ${beyond} (?3, ?4))
             ORDER BY last_event ${order}, name ${order} LIMIT ?5`,
          )
          .all(
            id,
            Number(list.after === undefined),
            list.after?.[0] ?? 0,
            list.after?.[1] ?? '',
            list.limit + 1,
          )
      : database
          .prepare(
            `SELECT ${columns} FROM streams
             WHERE group_id = ? AND name >= ?2 AND name < ?3 AND (?4 OR name ${beyond} ?5) ORDER BY name ${order} LIMIT ?6`,
          )
          .all(
            id,
            list.prefix,
            behind(list.prefix),
            Number(list.after === undefined),
            list.after?.[1] ?? '',
            list.limit + 1,
          );
  return rows as unknown as StoredStream[];
}

/** A text greater than all that begin with `prefix`. */
export const behind = (prefix: string): string => `${prefix}\u{10FFFF}\u{10FFFF}`;

/** The bytes that groups hold, in the order of `uids`. */
export function groupBytes(database: BulkDatabase, uids: readonly string[]): number[] {
  const statement = database.prepare('SELECT bytes FROM log_groups WHERE uid = ?');
  return uids.map((uid) => Number(statement.get(uid)?.['bytes'] ?? 0));
}
