// The commits that the journal's crash test makes: what each one does follows from a seed and its revision alone.
import { seededRandom } from '../../src/lib/random.ts';
import type { JournalChange } from '../../src/store/journal.ts';

const table = 'crates';
/** Every commit writes this row too, so that rows and revision can be told apart when they do not belong together. */
const stamp = 'stamp';
const keys = 200;

/** One to a dozen rows put or deleted, and the stamp. */
export function commitOf(seed: number, revision: number): JournalChange[] {
  const random = seededRandom(seed * 1_000_003 + revision);
  const changes = Array.from({ length: 1 + Math.floor(random.next() * 12) }, (): JournalChange => {
    const key = `crate ${Math.floor(random.next() * keys)}`;
    const filling = 'x'.repeat(Math.floor(random.next() * 3000));
    return { table, key, shape: 1, row: random.next() < 0.3 ? undefined : { revision, filling } };
  });
  return [...changes, { table, key: stamp, shape: 1, row: { revision } }];
}

/** Takes `rows`, by key, from what they were at revision `from` to what they are at revision `to`. */
export function replay(rows: Map<string, unknown>, seed: number, from: number, to: number): void {
  for (let revision = from + 1; revision <= to; revision += 1) {
    for (const { key, row } of commitOf(seed, revision)) {
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
    }
  }
}
