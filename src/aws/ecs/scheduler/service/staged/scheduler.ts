// The scheduler of a service while a deployment of it is under way stage by stage: which fleets it has, and how each is kept. Pure.
import { lifecycleStages } from '../../../state/service/deployment/service-deployment.ts';
import { heldBackUntil } from '../../../state/service/deployment/hold-back.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { earliest, type DeploymentPlan, type ServiceMoves } from '../plan.ts';
import type { ServiceView, StagedView } from '../view/service-view.ts';
import { healthyOf, planFleets, type Fleet } from './fleets.ts';
import { isLeaving } from './staged-deployment.ts';

export function staged(view: ServiceView, found: StagedView, primary: Deployment): DeploymentPlan {
  const { service, tasks } = view;
  const fleets = fleetsOf(view, found);
  const moves = planFleets(fleets, tasks, service.deploymentConfiguration, view.mostStops);
  const kept = fleets.filter(({ mode }) => mode === 'kept');
  const counts = new Map(kept.map(({ deploymentId, count }) => [deploymentId, count]));
  const mine = tasks.filter(({ deploymentId }) => deploymentId === primary.id).length;
  return {
    ...moves,
    desiredCount: counts.get(primary.id) ?? mine,
    kept: counts,
    isSettled: isSettled(view, found, moves, primary),
    changesAt: earliest(view.changesAt, ...heldUntil(view, found, fleets)),
  };
}

/** Epoch ms, of the fleets whose starts are held back now. */
function heldUntil(
  { service, deployments, now }: ServiceView,
  { green, blue }: StagedView,
  fleets: readonly Fleet[],
): readonly number[] {
  const of = [green, ...(blue ? [blue] : []), ...deployments];
  return fleets
    .map(({ deploymentId }) => of.find(({ id }) => id === deploymentId))
    .map((deployment) => (deployment ? heldBackUntil(deployment, service.desiredCount) : 0))
    .filter((until) => until > now);
}

interface Modes {
  readonly kept: (deployment: Deployment) => Fleet;
  readonly going: (deploymentId: string) => Fleet;
}

function fleetsOf(view: ServiceView, found: StagedView): readonly Fleet[] {
  const { service, tasks, now } = view;
  const { record, green, blue } = found;
  const kept: Modes['kept'] = (deployment) => ({
    deploymentId: deployment.id,
    mode: 'kept',
    count: service.desiredCount,
    mayStart: heldBackUntil(deployment, service.desiredCount) <= now,
  });
  // What goes keeps as many as those that stay are short of. Without blue, what is left of earlier deployments serves until green does.
  const shortBy = (deployment: Deployment | undefined): number =>
    Math.max(0, service.desiredCount - healthyOf(tasks, deployment?.id));
  const going = (deploymentId: string): Fleet => ({
    deploymentId,
    mode: 'going',
    count: shortBy(isLeaving(record) ? green : blue),
    mayStart: false,
  });
  const others = view.deployments.filter(({ id }) => id !== green.id && id !== blue?.id);
  const cleansUp = record.lifecycleStage === 'CLEAN_UP';
  return [
    ...greenFleet(found, { kept, going }),
    ...(blue ? [isLeaving(record) ? going(blue.id) : kept(blue)] : []),
    ...others.map(({ id }) => (blue || cleansUp ? going(id) : { ...left(id), mode: 'waning' as const })),
  ];
}

const left = (deploymentId: string): Fleet => ({ deploymentId, mode: 'left', count: 0, mayStart: false });

const scaleUp = lifecycleStages.indexOf('SCALE_UP');

/** On the way back green serves until the traffic has left it. */
function greenFleet({ record, green, trafficHolds }: StagedView, { kept, going }: Modes): readonly Fleet[] {
  const { staged: progress, lifecycleStage } = record;
  if (!progress || !lifecycleStage) return [];
  if (record.rollback) {
    const isFree = progress.productionWeight === 0 && trafficHolds;
    return [isFree ? going(green.id) : left(green.id)];
  }
  if (green.rolloutState === 'FAILED') return [left(green.id)];
  return lifecycleStages.indexOf(lifecycleStage) < scaleUp ? [] : [kept(green)];
}

/** The last stage, or the way back, has come to its end: only the PRIMARY deployment's tasks are left, all of them healthy. */
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
