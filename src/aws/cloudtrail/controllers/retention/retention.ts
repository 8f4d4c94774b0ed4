// Removes events that are no longer kept, in pieces, so that no write waits for long.
import type { Clock, Timer } from '../../../../lib/clock.ts';
import type { Log } from '../../../../lib/log.ts';
import type { TrailDatabase } from '../../state/trail-database.ts';

/** Ms between two looks. */
const interval = 60 * 60_000;
/** Ms after the start, when there is less else to do. */
const firstAfter = 2 * 60_000;

interface RetentionContext {
  readonly database: TrailDatabase;
  readonly clock: Clock;
  readonly log: Log;
  /** Ms that events are kept. */
  readonly kept: number;
}

/** Starts the loop; answers the call that ends it. */
export function startTrailRetention({ database, clock, log, kept }: RetentionContext): () => void {
  let stopped = false;
  const sweepAll = async (): Promise<void> => {
    const before = Math.floor((clock.now() - kept) / 1000);
    while (!stopped && (await database.write('sweep', before))) continue;
  };
  const again = (delay: number): Timer =>
    clock.after(delay, () => {
      void sweepAll()
        .catch((error: unknown) => {
          if (!stopped) log.warn({ err: error }, 'Events that are no longer kept could not be removed');
        })
        .then(() => {
          if (!stopped) timer = again(interval);
        });
    });
  let timer = again(firstAfter);
  return () => {
    stopped = true;
    timer.cancel();
  };
}
