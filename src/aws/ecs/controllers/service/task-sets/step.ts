// One step of a service with task sets: each is brought to its share of the service's tasks.
import type { Service } from '../../../state/service/service.ts';
import type { TaskSet } from '../../../state/service/task-set/task-set.ts';
import { retireService } from '../../../state/service/retire-service.ts';
import { retireTaskSet } from '../../../state/service/task-set/retire-task-set.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { taskSets } from '../../../state/service/task-set/task-sets.ts';
import { act, type Acted } from '../act.ts';
import { say, type ServiceContext } from '../context.ts';
import { steadyState, stuck, unableToScaleIn } from '../messages.ts';
import { hasUnsettledTasks } from '../unsettled-tasks.ts';
import { wantedTasks } from '../../../scheduler/service/task-view.ts';
import { isSteady } from '../../../scheduler/service/task-sets/reconcile.ts';
import { mostStops } from '../../../scheduler/service/plan.ts';
import { planTaskSet, type TaskSetPlan } from '../../../scheduler/service/task-sets/scheduler.ts';
import { settleTaskSets } from './settle.ts';

/** Answers when, epoch ms, to look again though nothing changed. */
export function stepTaskSets(
  tx: WriteTransaction,
  service: Service,
  context: ServiceContext,
): number | undefined {
  settleTaskSets(tx, service, context);
  if (hasUnsettledTasks(tx, service.arn)) return context.now;
  const sets = [...tx.table(taskSets).by('service', service.arn)];
  const { tasks, changesAt } = wantedTasks(tx, service, context);
  const ofSet = Map.groupBy(tasks, ({ deploymentId }) => deploymentId);
  const wakes: number[] = [];
  let hasStarted = false;
  for (const set of sets) {
    const plan = planTaskSet(service, set, ofSet.get(set.id) ?? [], { now: context.now, mostStops });
    // One set starts tasks in a step: within a transaction placement does not see what was placed before.
    const mustWait = hasStarted && plan.start.length > 0;
    const acted = stepTaskSet(tx, service, set, mustWait ? { ...plan, start: [] } : plan, context);
    hasStarted ||= acted.hasStarted;
    wakes.push(
      ...[plan.heldUntil, acted.wakeAt, mustWait ? context.now : undefined].filter((at) => at !== undefined),
    );
  }
  judge(tx, service, sets, context);
  for (const set of sets) if (set.status === 'DRAINING') retireTaskSet(tx, set);
  if (service.status === 'DRAINING') retireService(tx, service, context.now);
  const times = [...changesAt, ...wakes];
  return times.length === 0 ? undefined : Math.min(...times);
}

function stepTaskSet(
  tx: WriteTransaction,
  service: Service,
  taskSet: TaskSet,
  plan: TaskSetPlan,
  context: ServiceContext,
): Acted {
  const acted = act(tx, service, taskSet, plan, context);
  if (plan.isStuck) say(tx, context, service, stuck(service.name));
  if (plan.isProtected) say(tx, context, service, unableToScaleIn(service.name, taskSet.id));
  return acted;
}

/** Whether each set is steady now; once all of them are, so is the service. */
function judge(
  tx: WriteTransaction,
  service: Service,
  sets: readonly TaskSet[],
  context: ServiceContext,
): void {
  // A task without health checks reports nothing that could be waited for.
  const { tasks } = wantedTasks(tx, service, { ...context, healthyAfter: 0 });
  const steady = sets.filter((set) =>
    isSteady(
      { scale: set.scale, desiredCount: service.desiredCount },
      tasks.filter(({ deploymentId }) => deploymentId === set.id),
    ),
  );
  for (const set of sets) {
    const stabilityStatus = steady.includes(set) ? 'STEADY_STATE' : 'STABILIZING';
    if (stabilityStatus !== set.stabilityStatus)
      tx.table(taskSets).put({ ...set, stabilityStatus, stabilityStatusAt: context.now });
  }
  const isActive = service.status === 'ACTIVE' && sets.length > 0;
  if (isActive && steady.length === sets.length) say(tx, context, service, steadyState(service.name));
}
