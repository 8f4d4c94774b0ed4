// Whether it is time for a service to become even over Availability Zones, and what it moves then. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { launchFailures } from '../../../state/service/deployment/deployment-scheduling.ts';
import { backoffUntil } from '../../../state/service/deployment/launch-backoff.ts';
import { tasksAStep, type DeploymentPlan } from '../plan.ts';
import type { ServiceView } from '../view/service-view.ts';
import { reconcileZones, type ZoneMoves, type ZoneView } from './reconcile.ts';
import { taskBounds } from '../minimum-and-maximum-percent.ts';

export type ZonePlan =
  /** Not the time for it, before `begins` (epoch ms) where that is known. */
  | { readonly kind: 'none'; readonly begins?: number | undefined }
  /** What was begun is not wanted any more. */
  | { readonly kind: 'end' }
  | { readonly kind: 'move'; readonly moves: ZoneMoves; readonly of: ZoneView };

const none: ZonePlan = { kind: 'none' };

/** Beside what `plan` starts and stops: good as long as nothing is started by that. */
export function planZones(view: ServiceView, primary: Deployment, plan: DeploymentPlan): ZonePlan {
  const { service, now } = view;
  const { surge = 0, isStarting = false, notBefore = 0 } = primary.scheduling?.zoneBalance ?? {};
  if (!isRebalanced(view, primary)) return surge > 0 ? { kind: 'end' } : none;
  if (surge === 0) {
    if (!plan.isSettled) return none;
    const begins = Math.max(notBefore, backoffUntil(launchFailures(primary), service.desiredCount));
    if (begins > now) return { kind: 'none', begins };
  }
  const going = new Set(plan.stop.map(({ arn }) => arn));
  const of: ZoneView = {
    desiredCount: service.desiredCount,
    maximum: taskBounds(service.deploymentConfiguration, service.desiredCount).maximum,
    tasks: going.size === 0 ? view.tasks : view.tasks.filter(({ arn }) => !going.has(arn)),
    zones: view.zones,
    surge,
    isStarting,
    maxMoves: tasksAStep,
  };
  return { kind: 'move', moves: reconcileZones(of), of };
}

const isRebalanced = ({ service, deployments }: ServiceView, primary: Deployment): boolean =>
  service.status === 'ACTIVE' &&
  service.availabilityZoneRebalancing === 'ENABLED' &&
  service.schedulingStrategy === 'REPLICA' &&
  primary.rolloutState === 'COMPLETED' &&
  deployments.length === 1;
