// Removes what is no longer kept: expired events, those of deleted streams and groups, and old queries. In pieces, so that no
// write waits for long.
import type { Clock, Timer } from '../../../../lib/clock.ts';
import type { Log } from '../../../../lib/log.ts';
import type { Store } from '../../../../store/store.ts';
import { keptSince } from '../../state/group/log-group.ts';
import { logGroups } from '../../state/group/log-groups.ts';
import type { LogDatabase } from '../../state/log-database.ts';

/** Ms between two looks. AWS takes up to 72 hours. */
const interval = 60 * 60_000;
/** Ms after the start, when there is less else to do. */
const firstAfter = 60_000;
/** "Results are available for 7 days": StartQuery. */
const queriesKept = 7 * 24 * 3_600_000;

interface RetentionContext {
  readonly store: Store;
  readonly database: LogDatabase;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts the loop; answers the call that ends it. As long as there was no log group, nothing is opened. */
export function startRetention({ store, database, clock, log }: RetentionContext): () => void {
  let stopped = false;
  let wasUsed = false;
  const stopWatching = store.watch(logGroups, () => (wasUsed = true));
  const sweepAll = async (): Promise<void> => {
    const groups = store.view((tx) => [...tx.table(logGroups).all()]);
    if (groups.length === 0 && !wasUsed) return;
    // At once: a group that is made from now on is told of to the database later than this.
    await database.write(
      'keepOnlyGroups',
      groups.map(({ uid }) => uid),
    );
    const now = clock.now();
    const expired = groups.flatMap((group) => {
      const before = keptSince(group, now);
      return before === undefined ? [] : [{ uid: group.uid, before }];
    });
    while (!stopped && (await database.write('sweep', { expired, queriesBefore: now - queriesKept })))
      continue;
  };
  const again = (delay: number): Timer =>
    clock.after(delay, () => {
      void sweepAll()
        .catch((error: unknown) => {
          if (!stopped) log.warn({ error }, 'log events that are no longer kept could not be removed');
        })
        .then(() => {
          if (!stopped) timer = again(interval);
        });
    });
  let timer = again(firstAfter);
  return () => {
    stopped = true;
    timer.cancel();
    stopWatching();
  };
}
