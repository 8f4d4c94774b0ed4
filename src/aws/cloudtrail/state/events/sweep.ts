// Removes events for good once they are no longer kept.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { storedEvent } from './stored-event.ts';
import { addTerms } from './terms.ts';

/** Rows that one sweep removes: writes that wait are not held up for long. */
const maxRows = 500;

/** Removes some of the events from before a time, in seconds since the epoch; answers whether there may be more. */
export function sweep(database: BulkDatabase, before: number): boolean {
  // Later events have higher places.
  const old = database
    .prepare('SELECT * FROM events ORDER BY seq LIMIT ?')
    .all(maxRows)
    .filter(({ time }) => (time as number) < before);
  const event = database.prepare('DELETE FROM events WHERE seq = ?');
  for (const { seq } of old) event.run(seq!);
  for (const [key, terms] of termsBySecond(old)) removeTerms(database, key, terms);
  return old.length === maxRows;
}

type Row = Readonly<Record<string, unknown>>;

function termsBySecond(rows: readonly Row[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    const key = `${row['scope'] as number} ${row['time'] as number}`;
    const terms = found.get(key) ?? new Set();
    addTerms(terms, storedEvent(row, { accountId: '', region: '' }));
    found.set(key, terms);
  }
  return found;
}

/** Of the whole second: what is left of it is as old. */
function removeTerms(database: BulkDatabase, key: string, terms: ReadonlySet<string>): void {
  const [scope, time] = key.split(' ').map(Number) as [number, number];
  const term = database.prepare('DELETE FROM terms WHERE scope = ? AND term = ? AND time = ?');
  for (const one of terms) term.run(scope, one, time);
}
