// The scheduler of DAEMON services: one task on every container instance that is what they ask for. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { launchFailures } from '../../../state/service/deployment/deployment-scheduling.ts';
import { backoffUntil } from '../../../state/service/deployment/launch-backoff.ts';
import { earliest, type DeploymentPlan, type StartOrder } from '../plan.ts';
import type { DaemonInstance, ServiceTask, ServiceView } from '../view/service-view.ts';
import { startersOf, type Starters } from '../view/starters.ts';
import { reconcile, type DaemonMoves, type DaemonPlace, type DaemonView } from './reconcile.ts';
import { taskBounds } from '../minimum-and-maximum-percent.ts';

export function daemon(view: ServiceView, primary: Deployment): DeploymentPlan {
  const { service, now } = view;
  const starters = startersOf(view);
  const { lead, source } = starters;
  const places = placesOf(view, primary, starters);
  const desiredCount = places.filter(({ isWanted }) => isWanted).length;
  const startsAt = (of: Deployment | undefined): number =>
    of ? backoffUntil(launchFailures(of), desiredCount) : 0;
  const daemons: DaemonView = {
    minimum: taskBounds(service.deploymentConfiguration, desiredCount).minimum,
    mayStart: lead !== undefined && startsAt(lead) <= now,
    mayReplace: lead !== undefined,
    source: source && { mayStart: startsAt(source) <= now },
    places,
  };
  const moves = reconcile(daemons);
  const times = [startsAt(lead), startsAt(source), ...view.instances.map((one) => one.startsAt)];
  return {
    // What served before goes first: a step does not start all at once.
    start: [...ordered(source, moves.source?.start ?? []), ...ordered(lead, moves.start)],
    missing: moves.missing,
    stop: moves.stop,
    isStuck: moves.isStuck,
    desiredCount,
    kept: keptBeside(primary, starters, desiredCount, moves),
    isSettled: isSettled(daemons, moves),
    isBackingOff: places.some((place) => place.isBackingOff),
    changesAt: earliest(view.changesAt, ...times.filter((at) => at > now)),
  };
}

function placesOf(view: ServiceView, primary: Deployment, starters: Starters): readonly DaemonPlace[] {
  const tasks = Map.groupBy(view.tasks, ({ instance }) => instance);
  return view.instances.map((instance) =>
    placeOf(view, primary, starters, instance, tasks.get(instance.arn) ?? []),
  );
}

function placeOf(
  { service, now }: ServiceView,
  primary: Deployment,
  { lead = primary, source }: Starters,
  instance: DaemonInstance,
  has: readonly ServiceTask[],
): DaemonPlace {
  const { arn, status, isSuitable, isAvailable, isLeaving, hasOthers, startsAt } = instance;
  const isActive = service.status === 'ACTIVE';
  return {
    instance: arn,
    isWanted: isActive && status === 'ACTIVE' && isSuitable,
    because: isActive && status === 'ACTIVE' ? 'constraints' : 'scaling',
    mustWait: isActive && status === 'DRAINING' && hasOthers,
    isAvailable,
    isLeaving,
    isBackingOff: startsAt > now,
    tasks: has.map((task) => ({
      ...task,
      isCurrent: [primary.id, lead.id].includes(task.deploymentId),
      isOfSource: task.deploymentId === source?.id,
    })),
  };
}

function keptBeside(
  primary: Deployment,
  { lead, source }: Starters,
  desiredCount: number,
  moves: DaemonMoves,
): ReadonlyMap<string, number> {
  const kept = moves.source?.kept ?? 0;
  return new Map([
    ...(lead && lead.id !== primary.id ? [[lead.id, desiredCount] as const] : []),
    ...(source && kept > 0 ? [[source.id, kept] as const] : []),
  ]);
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
