// The scheduler of REPLICA services that replace their tasks step by step. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { launchFailures } from '../../../state/service/deployment/deployment-scheduling.ts';
import { backoffUntil } from '../../../state/service/deployment/launch-backoff.ts';
import type { DeploymentPlan, StartOrder } from '../plan.ts';
import { earliest } from '../plan.ts';
import type { ServiceTask, ServiceView } from '../view/service-view.ts';
import { startersOf, type Starters } from '../view/starters.ts';
import { reconcile, type Moves } from './reconcile.ts';
import { taskBounds } from '../minimum-and-maximum-percent.ts';
import { type RollingView } from './rolling-view.ts';

export function rolling(view: ServiceView, primary: Deployment): DeploymentPlan {
  const { service, now } = view;
  const starters = startersOf(view);
  const { lead, source } = starters;
  const desiredCount = service.status === 'ACTIVE' ? service.desiredCount : 0;
  const startsAt = (of: Deployment | undefined): number =>
    of ? backoffUntil(launchFailures(of), desiredCount) : 0;
  const leads = [lead?.id, primary.id];
  const isCurrent = (task: ServiceTask): boolean => task.mayStay && leads.includes(task.deploymentId);
  const rolled: RollingView<ServiceTask> = {
    desiredCount,
    ...taskBounds(service.deploymentConfiguration, desiredCount),
    mayStart: lead !== undefined && startsAt(lead) <= now,
    mayReplace: lead !== undefined,
    source: source && { mayStart: startsAt(source) <= now },
    surge: primary.scheduling?.zoneBalance?.surge,
    maxStops: view.maxStops,
    tasks: view.tasks,
    isCurrent,
    ofSource: (task) => (task.deploymentId !== source?.id ? undefined : task.mayStay ? 'stays' : 'leaves'),
  };
  const moves = reconcile(rolled);
  const held = [startsAt(lead), startsAt(source)].filter((at) => at > now);
  return {
    // What served before goes first: a step does not start all at once.
    start: [...ordered(source, moves.source?.start ?? 0), ...ordered(lead, moves.start)],
    missing: moves.missing,
    stop: moves.stop,
    isStuck: moves.isStuck,
    desiredCount,
    kept: keptBeside(primary, starters, desiredCount, moves),
    isSettled: isSettled(rolled, moves),
    changesAt: earliest(view.changesAt, ...held),
  };
}

const ordered = (deployment: Deployment | undefined, count: number): readonly StartOrder[] =>
  deployment && count > 0 ? [{ deploymentId: deployment.id, count }] : [];

/** How many tasks the deployment that served before is to have, as long as it is needed. */
function keptBeside(
  primary: Deployment,
  { lead, source }: Starters,
  desiredCount: number,
  moves: Moves,
): ReadonlyMap<string, number> {
  if (lead && lead.id !== primary.id) return new Map([[lead.id, desiredCount]]);
  const kept = moves.source?.kept ?? 0;
  return new Map(source && kept > 0 ? [[source.id, kept]] : []);
}

const isSettled = (
  { tasks, desiredCount, isCurrent }: RollingView<ServiceTask>,
  { start, source, stop }: Moves,
): boolean =>
  start + (source?.start ?? 0) === 0 &&
  stop.length === 0 &&
  tasks.length === desiredCount &&
  tasks.every((task) => isCurrent(task) && task.isHealthy);
