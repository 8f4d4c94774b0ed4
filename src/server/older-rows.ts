// Brings a data directory that an earlier release wrote up to date, once and beside other work: the next start finds nothing to do.
import type { Clock, Timer } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';

/** About 2 ms of work, and one batch of the journal. */
const rowsAtOnce = 250;
/** Ms between two batches. */
const pause = 50;

/** Begins; answers the call that ends it, after which the rows that are left stay as they are until a later start. */
export function bringRowsUpToDate(store: Store, clock: Clock): () => void {
  let isEnded = false;
  let timer: Timer | undefined;
  const later = (): void => {
    if (!isEnded) timer = clock.after(pause, writeSome);
  };
  const writeSome = (): void => {
    if (store.writeOlderRows(rowsAtOnce) === 0) return;
    // Where they cannot be written the journal has failed, and ends the process.
    store.durable().then(later, () => undefined);
  };
  if (store.writeOlderRows(0) > 0) later();
  return () => {
    isEnded = true;
    timer?.cancel();
  };
}
