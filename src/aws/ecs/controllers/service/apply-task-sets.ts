// Brings the task sets of a service to their shares of its tasks.
import type { Service } from '../../state/service/service.ts';
import { retireTaskSet } from '../../state/service/task-set/retire-task-set.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { earliest } from '../../scheduler/service/plan.ts';
import type { TaskSetPlan } from '../../scheduler/service/task-sets/scheduler.ts';
import { applyMoves, type Applied } from './apply-moves.ts';
import { recordEventUnlessRepeated, type ServiceContext } from './context.ts';
import { steadyState, stuck, unableToScaleIn } from './messages.ts';

export function applyTaskSetPlans(
  tx: WriteTransaction,
  service: Service,
  plans: readonly TaskSetPlan[],
  context: ServiceContext,
): Applied {
  const done: Applied[] = [];
  for (const plan of plans) {
    // One set starts tasks in a step: within a transaction placement does not see what was placed before.
    const hasStarted = done.some(({ started }) => started.length > 0);
    done.push(applyTaskSetPlan(tx, service, plan, hasStarted, context));
  }
  judge(tx, service, plans, context);
  for (const { taskSet } of plans) if (taskSet.status === 'DRAINING') retireTaskSet(tx, taskSet);
  return {
    started: done.flatMap(({ started }) => started),
    stopped: done.flatMap(({ stopped }) => stopped),
    wakeAt: earliest(...done.map(({ wakeAt }) => wakeAt)),
  };
}

function applyTaskSetPlan(
  tx: WriteTransaction,
  service: Service,
  plan: TaskSetPlan,
  hasStarted: boolean,
  context: ServiceContext,
): Applied {
  const { taskSet, start, stop } = plan;
  const mustWait = hasStarted && start.length > 0;
  const applied = applyMoves(tx, { service, by: taskSet.id, start: mustWait ? [] : start, stop }, context);
  if (plan.isStuck) recordEventUnlessRepeated(tx, context, service, stuck(service.name));
  if (plan.isProtected)
    recordEventUnlessRepeated(tx, context, service, unableToScaleIn(service.name, taskSet.id));
  const waits = mustWait ? context.now : undefined;
  return { ...applied, wakeAt: earliest(plan.startsAt, applied.wakeAt, waits) };
}

/** Whether each set is steady now; once all of them are, so is the service. */
function judge(
  tx: WriteTransaction,
  service: Service,
  plans: readonly TaskSetPlan[],
  context: ServiceContext,
): void {
  for (const { taskSet, isSteady } of plans) {
    const stabilityStatus = isSteady ? 'STEADY_STATE' : 'STABILIZING';
    if (stabilityStatus !== taskSet.stabilityStatus)
      tx.table(taskSets).put({ ...taskSet, stabilityStatus, stabilityStatusAt: context.now });
  }
  const isActive = service.status === 'ACTIVE' && plans.length > 0;
  if (isActive && plans.every(({ isSteady }) => isSteady))
    recordEventUnlessRepeated(tx, context, service, steadyState(service.name));
}
