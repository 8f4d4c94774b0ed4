// The scheduler of a service while a deployment of it is under way stage by stage: which fleets it has, and how each is kept. Pure.
import { lifecycleStages } from '../../../state/service/deployment/service-deployment.ts';
import { launchFailures } from '../../../state/service/deployment/deployment-scheduling.ts';
import { backoffUntil } from '../../../state/service/deployment/launch-backoff.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { earliest, type DeploymentPlan, type ServiceMoves } from '../plan.ts';
import type { ServiceView, StagedView } from '../view/service-view.ts';
import { healthyOf, planFleets, type Fleet } from './fleets.ts';
import { isLeaving } from './staged-deployment.ts';

export function staged(view: ServiceView, found: StagedView, primary: Deployment): DeploymentPlan {
  const { service, tasks } = view;
  const fleets = fleetsOf(view, found);
  const moves = planFleets(fleets, tasks, service.deploymentConfiguration, view.maxStops);
  const kept = fleets.filter(({ mode }) => mode === 'kept');
  const counts = new Map(kept.map(({ deploymentId, count }) => [deploymentId, count]));
  const mine = tasks.filter(({ deploymentId }) => deploymentId === primary.id).length;
  return {
    ...moves,
    desiredCount: counts.get(primary.id) ?? mine,
    kept: counts,
    isSettled: isSettled(view, found, moves, primary),
    changesAt: earliest(view.changesAt, ...startsAt(view, found, fleets)),
  };
}

/** Epoch ms, of the fleets whose starts are held back now. */
function startsAt(
  { service, deployments, now }: ServiceView,
  { target, source }: StagedView,
  fleets: readonly Fleet[],
): readonly number[] {
  const of = [target, ...(source ? [source] : []), ...deployments];
  return fleets
    .map(({ deploymentId }) => of.find(({ id }) => id === deploymentId))
    .map((deployment) => (deployment ? backoffUntil(launchFailures(deployment), service.desiredCount) : 0))
    .filter((until) => until > now);
}

interface Modes {
  readonly kept: (deployment: Deployment) => Fleet;
  readonly going: (deploymentId: string) => Fleet;
}

function fleetsOf(view: ServiceView, found: StagedView): readonly Fleet[] {
  const { service, tasks, now } = view;
  const { record, target, source } = found;
  const kept: Modes['kept'] = (deployment) => ({
    deploymentId: deployment.id,
    mode: 'kept',
    count: service.desiredCount,
    mayStart: backoffUntil(launchFailures(deployment), service.desiredCount) <= now,
  });
  // What goes keeps as many as those that stay are short of. Without a source, what is left of earlier deployments serves until the target does.
  const shortBy = (deployment: Deployment | undefined): number =>
    Math.max(0, service.desiredCount - healthyOf(tasks, deployment?.id));
  const going = (deploymentId: string): Fleet => ({
    deploymentId,
    mode: 'going',
    count: shortBy(isLeaving(record) ? target : source),
    mayStart: false,
  });
  const others = view.deployments.filter(({ id }) => id !== target.id && id !== source?.id);
  const cleansUp = record.lifecycleStage === 'CLEAN_UP';
  return [
    ...targetFleet(found, { kept, going }),
    ...(source ? [isLeaving(record) ? going(source.id) : kept(source)] : []),
    ...others.map(({ id }) => (source || cleansUp ? going(id) : { ...left(id), mode: 'waning' as const })),
  ];
}

const left = (deploymentId: string): Fleet => ({ deploymentId, mode: 'left', count: 0, mayStart: false });

const scaleUp = lifecycleStages.indexOf('SCALE_UP');

/** During a rollback the target serves until the traffic has left it. */
function targetFleet({ record, target, trafficHolds }: StagedView, { kept, going }: Modes): readonly Fleet[] {
  const { staged: progress, lifecycleStage } = record;
  if (!progress || !lifecycleStage) return [];
  if (record.rollback) {
    const isFree = progress.productionWeight === 0 && trafficHolds;
    return [isFree ? going(target.id) : left(target.id)];
  }
  if (target.rolloutState === 'FAILED') return [left(target.id)];
  return lifecycleStages.indexOf(lifecycleStage) < scaleUp ? [] : [kept(target)];
}

/** The last stage, or the rollback, has come to its end: only the PRIMARY deployment's tasks are left, all of them healthy. */
function isSettled(
  { service: { desiredCount }, tasks }: ServiceView,
  { record }: StagedView,
  { start, stop }: ServiceMoves,
  primary: Deployment,
): boolean {
  if (!isLeaving(record) && record.status !== 'ROLLBACK_IN_PROGRESS') return false;
  return (
    start.length === 0 &&
    stop.length === 0 &&
    tasks.length === desiredCount &&
    healthyOf(tasks, primary.id) === desiredCount
  );
}
