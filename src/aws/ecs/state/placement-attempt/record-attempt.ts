// Keeps why tasks found no place, so that somebody can ask later. RunTask, StartTask and services write it as they place.
import { hexId } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { keptAttempts, type PlacementAttempt } from './placement-attempt.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { placementAttemptKey, placementAttempts } from './placement-attempts.ts';

/** An attempt as whoever placed knows it. */
export type Attempted = Omit<PlacementAttempt, 'version' | 'id' | 'number' | 'times'>;

/**
 * Records an attempt that left tasks over, in the transaction that placed the others. A service's attempt of what it tried
 * in vain before counts up that one. Forgets the oldest beyond those that a cluster keeps.
 */
export function recordAttempt(tx: WriteTransaction, random: Random, attempted: Attempted): PlacementAttempt {
  const table = tx.table(placementAttempts);
  const earlier = earlierOfService(tx, attempted);
  if (earlier) table.delete(placementAttempts.key(earlier));
  const newest = table.by('cluster', { clusterArn: attempted.clusterArn }).next();
  const number = Math.max(newest.done ? 0 : newest.value.number, earlier?.number ?? 0) + 1;
  table.delete(placementAttemptKey(attempted.clusterArn, number - keptAttempts));
  const id = earlier?.id ?? hexId(random);
  return table.put({ ...attempted, id, number, times: (earlier?.times ?? 0) + 1 });
}

/** The latest attempt of the service, if it was about the same definition. */
function earlierOfService(
  tx: WriteTransaction,
  { serviceArn, taskDefinitionArn }: Attempted,
): PlacementAttempt | undefined {
  if (serviceArn === undefined) return undefined;
  const [latest] = tx.table(placementAttempts).by('service', { serviceArn });
  return latest?.taskDefinitionArn === taskDefinitionArn ? latest : undefined;
}
