// Takes the manifests of deleted images out of the registry's engine, one at a time. Layers that nobody names any more go when the engine next
// starts.
import { backoffDelay, type BackoffPolicy } from '../../../../lib/backoff.ts';
import type { Clock } from '../../../../lib/clock.ts';
import type { Log } from '../../../../lib/log.ts';
import type { Random } from '../../../../lib/random.ts';
import type { Store } from '../../../../store/store.ts';
import type { Controller } from '../../../shared/loop.ts';
import { deletedManifests, type DeletedManifest } from '../../state/image/deleted-manifests.ts';

export interface ManifestDeletionOptions {
  /** Rejects where the engine cannot do it now. */
  readonly remove: (manifest: DeletedManifest) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Ms after which it is seen what has become of one that was begun. */
const lookAgain = 1000;
const retry: BackoffPolicy = { min: 10_000, max: 3_600_000, factor: 3, jitter: 0.2 };

/** Its keys are those of the manifests. */
export function manifestDeletion({ remove, clock, random, log }: ManifestDeletionOptions): Controller {
  const underway = new Set<string>();
  const failures = new Map<string, { count: number; at: number }>();

  const begin = async (key: string, row: DeletedManifest, store: Store): Promise<void> => {
    underway.add(key);
    try {
      await remove(row);
      failures.delete(key);
      store.update((tx) => tx.table(deletedManifests).delete(key));
    } catch (error) {
      const { count = 0 } = failures.get(key) ?? {};
      failures.set(key, { count: count + 1, at: clock.now() + backoffDelay(retry, count, random) });
      if (count === 0)
        log.warn({ err: error, manifest: key }, 'A deleted manifest is left in the registry for now');
    } finally {
      underway.delete(key);
    }
  };

  return {
    name: 'manifest-deletion',
    watch: (store, enqueue) =>
      store.watch(deletedManifests, (changes) => {
        for (const { key, after } of changes) if (after !== undefined) enqueue(key);
      }),
    allKeys: (store) =>
      store.view((tx) => Array.from(tx.table(deletedManifests).all(), deletedManifests.key)),
    sync: (key, store, now) => {
      const row = store.view((tx) => tx.table(deletedManifests).get(key));
      const { at = 0 } = failures.get(key) ?? {};
      if (row === undefined) return undefined;
      if (underway.has(key)) return now + lookAgain;
      if (at > now) return at;
      begin(key, row, store).catch((error: unknown) =>
        log.error({ err: error }, 'A manifest was not deleted'),
      );
      return now + lookAgain;
    },
  };
}
