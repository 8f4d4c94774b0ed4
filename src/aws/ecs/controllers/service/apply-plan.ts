// Does what was decided for a service, once a step.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import type { Service } from '../../state/service/service.ts';
import { retireService } from '../../state/service/retire-service.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { withScheduling } from '../../state/service/deployment/deployment-scheduling.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { tasks } from '../../state/task/tasks.ts';
import { tasksToAbandon } from '../../scheduler/service/abandon.ts';
import { earliest, type DeploymentPlan } from '../../scheduler/service/plan.ts';
import type { ServicePlan } from '../../scheduler/service/plan-service.ts';
import type { ServiceView } from '../../scheduler/service/view/service-view.ts';
import { abandonTasks } from './abandon.ts';
import { applyMoves, type Applied } from './apply-moves.ts';
import { applyTaskSetPlans } from './apply-task-sets.ts';
import { recordEventUnlessRepeated, type ServiceContext } from './context.ts';
import { countDaemons } from './count-daemons.ts';
import * as messages from './messages.ts';
import { completeRollout } from './rollout.ts';
import { applyZones } from './zones/apply.ts';

/** Answers when, epoch ms, to look again though nothing changed. */
export function applyPlan(
  tx: WriteTransaction,
  view: ServiceView,
  planned: ServicePlan,
  context: ServiceContext,
): number | undefined {
  const { service } = view;
  const { started, stopped, wakeAt } = applyKind(tx, view, planned, context);
  if (service.status === 'DRAINING') retireService(tx, service, context.now);
  const input = tasksToAbandon(view, { started, stopped: new Set(stopped.map(({ arn }) => arn)) });
  return abandonTasks(tx, service, input, context) ? context.now : wakeAt;
}

function applyKind(
  tx: WriteTransaction,
  view: ServiceView,
  planned: ServicePlan,
  context: ServiceContext,
): Applied {
  switch (planned.kind) {
    case 'nothing':
      return { started: [], stopped: [] };
    case 'deployments':
      return applyDeployments(tx, view.service, planned, context);
    case 'taskSets':
      return applyTaskSetPlans(tx, view.service, planned.plans, context);
  }
}

function applyDeployments(
  tx: WriteTransaction,
  service: Service,
  { primary, plan, zones }: Extract<ServicePlan, { kind: 'deployments' }>,
  context: ServiceContext,
): Applied {
  const applied = applyMoves(tx, { service, by: primary.id, ...plan }, context);
  if (plan.isStuck) recordEventUnlessRepeated(tx, context, service, messages.stuck(service.name));
  const isFree = applied.started.length === 0;
  const moved = isFree ? applyZones(tx, { service, primary }, zones, context) : undefined;
  keepRecords(tx, service, primary, { ...plan, isSettled: plan.isSettled && !moved?.hasMoved }, context);
  if (service.schedulingStrategy === 'DAEMON') countDaemons(tx, service, plan, context);
  return { ...applied, wakeAt: earliest(plan.changesAt, moved?.changesAt, applied.wakeAt) };
}

/** The deployments' wishes and the end of those without tasks; completion and steadiness, once they are true. */
function keepRecords(
  tx: WriteTransaction,
  service: Service,
  primary: Deployment,
  plan: DeploymentPlan,
  context: ServiceContext,
): void {
  const { now } = context;
  const table = tx.table(deployments);
  for (const deployment of [...table.by('listed', { serviceArn: service.arn })]) {
    const counts = tx.table(tasks).tally('deployment', { deploymentId: deployment.id });
    const isPrimary = deployment.id === primary.id;
    const kept = plan.kept?.get(deployment.id);
    const desiredCount = isPrimary ? plan.desiredCount : (kept ?? counts.running + counts.pending);
    const makesWay = !isPrimary && kept === undefined;
    const isOver = makesWay && tx.table(tasks).count('deploymentLive', { deploymentId: deployment.id }) === 0;
    if (isOver) table.put({ ...deployment, desiredCount: 0, status: 'INACTIVE', updatedAt: now });
    else if (desiredCount !== deployment.desiredCount)
      table.put({ ...deployment, desiredCount, updatedAt: now });
  }
  if (service.status !== 'ACTIVE' || !plan.isSettled || primary.rolloutState === 'FAILED') return;
  if (table.count('listed', { serviceArn: service.arn }) > 1) return;
  const [settled] = table.by('primary', { serviceArn: service.arn });
  if (!settled) return;
  const serves = plan.desiredCount > 0 && settled.scheduling?.hasServed !== true;
  completeRollout(
    tx,
    service,
    serves ? table.put(withScheduling(settled, { hasServed: true })) : settled,
    context,
  );
  recordEventUnlessRepeated(tx, context, service, messages.steadyState(service.name));
}
