// One step of a service that has deployments: what every scheduler's services have in common.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { beginsToBeHeldBack, failuresInRow } from '../../state/service/deployment/hold-back.ts';
import type { Service } from '../../state/service/service.ts';
import { retireService } from '../../state/service/retire-service.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { services } from '../../state/service/services.ts';
import { tasks } from '../../state/task/tasks.ts';
import { act } from './act.ts';
import { say, tell, type ServiceContext } from './context.ts';
import { withEarlyExits } from '../../scheduler/service/early-exits.ts';
import type { Scheduler } from '../../scheduler/service/scheduler.ts';
import { countEarlyExits } from './early-exits.ts';
import * as messages from './messages.ts';
import { mostStops, type ServicePlan } from '../../scheduler/service/plan.ts';
import { beginRollout, completeRollout, failRollout, serviceDeploymentOf, watchBreaker } from './rollout.ts';
import { settle } from './settle.ts';
import { hasUnsettledTasks } from './unsettled-tasks.ts';
import { evenZones } from './zones/step.ts';

/** Takes note of what ended, lets the scheduler plan and does it; answers when, epoch ms, to look again though nothing changed. */
export function stepDeployments(
  tx: WriteTransaction,
  service: Service,
  scheduler: Scheduler,
  context: ServiceContext,
): number | undefined {
  const { arn } = service;
  const found = primaryOf(tx, arn);
  if (!found) return undefined;
  const noted = settle(tx, arn, countEarlyExits(tx, found, context.now), context.now);
  if (beginsToBeHeldBack(failuresInRow(found), failuresInRow(noted)))
    tell(tx, context, service, messages.heldBack(service.name));
  if (hasUnsettledTasks(tx, arn)) return context.now;
  beginRollout(tx, noted, context);
  if (goBackWhenAsked(tx, service, noted, context)) return context.now;
  watchBreaker(tx, service, noted, context);
  const primary = primaryOf(tx, arn)!;
  const current = tx.table(services).get(arn)!;
  const plan = scheduler(tx, current, primary, { ...withEarlyExits(tx, primary, context), mostStops });
  const acted = act(tx, current, primary, plan, context);
  if (plan.isStuck) say(tx, context, current, messages.stuck(current.name));
  const zones = acted.hasStarted ? undefined : evenZones(tx, current, primary, plan.isSettled, context);
  keepRecords(tx, current, primary, { ...plan, isSettled: plan.isSettled && !zones?.hasMoved }, context);
  if (current.status === 'DRAINING') retireService(tx, current, context.now);
  return earliest(plan.changesAt, zones?.changesAt, acted.wakeAt);
}

const primaryOf = (tx: ReadTransaction, serviceArn: string): Deployment | undefined => {
  const [found] = tx.table(deployments).by('primary', serviceArn);
  return found;
};

const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const set = times.filter((time) => time !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
};

/** StopServiceDeployment asked for the way back; answers whether it was taken. */
function goBackWhenAsked(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  context: ServiceContext,
): boolean {
  if (serviceDeploymentOf(tx, primary)?.status !== 'ROLLBACK_REQUESTED') return false;
  failRollout(tx, service, primary, context, {
    reason: 'Service deployment rolled back because of a user request.',
    goBack: true,
    tripped: false,
  });
  return true;
}

/** The deployments' wishes and the end of those without tasks; completion and steadiness, once they are true. */
function keepRecords(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  plan: ServicePlan,
  context: ServiceContext,
): void {
  const { now } = context;
  const table = tx.table(deployments);
  for (const deployment of [...table.by('listed', service.arn)]) {
    const counts = tx.table(tasks).tally('deployment', deployment.id);
    const isPrimary = deployment.id === primary.id;
    const kept = plan.kept?.get(deployment.id);
    const desiredCount = isPrimary ? plan.desiredCount : (kept ?? counts.running + counts.pending);
    const makesWay = !isPrimary && kept === undefined;
    const isOver = makesWay && tx.table(tasks).count('deploymentLive', deployment.id) === 0;
    if (isOver) table.put({ ...deployment, desiredCount: 0, status: 'INACTIVE', updatedAt: now });
    else if (desiredCount !== deployment.desiredCount)
      table.put({ ...deployment, desiredCount, updatedAt: now });
  }
  if (service.status !== 'ACTIVE' || !plan.isSettled || primary.rolloutState === 'FAILED') return;
  if (table.count('listed', service.arn) > 1) return;
  const settled = primaryOf(tx, service.arn)!;
  const serves = plan.desiredCount > 0 && !settled.hasServed;
  completeRollout(tx, service, serves ? table.put({ ...settled, hasServed: true }) : settled, context);
  say(tx, context, service, messages.steadyState(service.name));
}
