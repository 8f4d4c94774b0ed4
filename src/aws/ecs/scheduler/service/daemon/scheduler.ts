// The scheduler of DAEMON services: one task on every container instance that is what they ask for.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import type { ServicePlan, StartOrder } from '../plan.ts';
import type { DecisionContext } from '../scheduler.ts';
import { look, type DaemonLook } from './look.ts';
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

function plan(
  { view, starters: { lead, source }, desiredCount, changesAt }: DaemonLook,
  primary: Deployment,
): DaemonPlan {
  const moves = reconcile(view);
  const { start, missing, stop, isStuck } = moves;
  const kept = moves.source?.kept ?? 0;
  const isKept = lead !== undefined && lead.id !== primary.id;
  return {
    // What served before goes first: a step does not start all at once.
    start: [...ordered(source, moves.source?.start ?? []), ...ordered(lead, start)],
    missing,
    stop,
    isStuck,
    desiredCount,
    kept: new Map([
      ...(isKept ? [[lead.id, desiredCount] as const] : []),
      ...(source && kept > 0 ? [[source.id, kept] as const] : []),
    ]),
    isSettled: isSettled(view, moves),
    isHeldBack: view.places.some((place) => place.isHeldBack),
    changesAt: changesAt.length === 0 ? undefined : Math.min(...changesAt),
  };
}

const ordered = (of: Deployment | undefined, instances: readonly string[]): readonly StartOrder[] =>
  of && instances.length > 0 ? [{ deploymentId: of.id, count: instances.length, instances }] : [];

/** A current task that waits on a DRAINING instance for the others to go is no reason to wait. */
const isSettled = ({ places }: DaemonView, { start, source, stop }: DaemonMoves): boolean =>
  start.length + (source?.start.length ?? 0) === 0 &&
  stop.length === 0 &&
  places.every(({ tasks }) => tasks.every(({ isCurrent }) => isCurrent)) &&
  places
    .filter(({ isWanted }) => isWanted)
    .every(({ tasks }) => tasks.length > 0 && tasks.every(({ isHealthy }) => isHealthy));
