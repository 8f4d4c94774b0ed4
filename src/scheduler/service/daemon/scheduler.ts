// The scheduler of DAEMON services: one task on every container instance that is what they ask for.
import type { Deployment } from '../../../model/deployment.ts';
import type { Service } from '../../../model/service.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { ServicePlan } from '../plan.ts';
import type { DecisionContext } from '../scheduler.ts';
import { look } from './look.ts';
import { reconcile, type DaemonMoves, type DaemonView } from './reconcile.ts';

export function daemon(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  context: DecisionContext,
): DaemonPlan {
  return plan(look(tx, service, primary, context), primary);
}

export interface DaemonPlan extends ServicePlan {
  /** On some instance its tasks have failed so often that it waits before the next. */
  readonly isHeldBack: boolean;
}

function plan({ view, desiredCount, changesAt }: ReturnType<typeof look>, { id }: Deployment): DaemonPlan {
  const moves = reconcile(view);
  const { start, missing, stop, isStuck } = moves;
  return {
    start: start.length === 0 ? [] : [{ deploymentId: id, count: start.length, instances: start }],
    missing,
    stop,
    isStuck,
    desiredCount,
    isSettled: isSettled(view, moves),
    isHeldBack: view.places.some((place) => place.isHeldBack),
    changesAt: changesAt.length === 0 ? undefined : Math.min(...changesAt),
  };
}

/** A current task that waits on a DRAINING instance for the others to go is no reason to wait. */
const isSettled = ({ places }: DaemonView, { start, stop }: DaemonMoves): boolean =>
  start.length === 0 &&
  stop.length === 0 &&
  places.every(({ tasks }) => tasks.every(({ isCurrent }) => isCurrent)) &&
  places
    .filter(({ isWanted }) => isWanted)
    .every(({ tasks }) => tasks.length > 0 && tasks.every(({ isHealthy }) => isHealthy));
