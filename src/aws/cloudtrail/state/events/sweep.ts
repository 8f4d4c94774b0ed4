// Removes events for good once they are no longer kept.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { storedResources } from './stored-event.ts';
import { indexed } from './write-events.ts';

/** Rows that one sweep removes: writes that wait are not held up for long. */
const maxRows = 500;

/** Removes some of the events from before a time, in seconds since the epoch; answers whether there are more. */
export function sweep(database: BulkDatabase, before: number): boolean {
  const old = database
    .prepare(
      'SELECT seq, scope, time, resources FROM events INDEXED BY events_by_age WHERE time < ? ORDER BY time LIMIT ?',
    )
    .all(before, maxRows);
  const resource = database.prepare(
    'DELETE FROM resources WHERE scope = ? AND name = ? AND time = ? AND seq = ? AND type = ?',
  );
  const event = database.prepare('DELETE FROM events WHERE seq = ?');
  for (const row of old) {
    const { scope, time, seq } = row;
    for (const { name, type } of indexed(storedResources(row))) resource.run(scope!, name, time!, seq!, type);
    event.run(seq!);
  }
  return old.length === maxRows;
}
