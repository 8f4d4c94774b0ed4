// Removes events for good once they are no longer kept.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';

/** Rows that one sweep removes: writes that wait are not held up for long. */
const maxRows = 500;

/** Removes some of the events from before a time, in seconds since the epoch; answers whether there are more. */
export function sweep(database: BulkDatabase, before: number): boolean {
  const old = database
    .prepare('SELECT seq FROM events INDEXED BY events_by_age WHERE time < ? ORDER BY time LIMIT ?')
    .all(before, maxRows);
  const resources = database.prepare('DELETE FROM resources WHERE seq = ?');
  const event = database.prepare('DELETE FROM events WHERE seq = ?');
  for (const { seq } of old) {
    resources.run(seq!);
    event.run(seq!);
  }
  return old.length === maxRows;
}
