// What a service does next, whatever its kind: for its controller, and for those who ask without doing it. Pure.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import { daemon } from './daemon/scheduler.ts';
import { noMoves, type DeploymentPlan, type ServiceMoves } from './plan.ts';
import { rolling } from './rolling/scheduler.ts';
import { staged } from './staged/scheduler.ts';
import { planTaskSets, type TaskSetPlan } from './task-sets/scheduler.ts';
import type { ServiceView } from './view/service-view.ts';
import { planZones, type ZonePlan } from './zones/scheduler.ts';

export type ServicePlan =
  /** Of a deleted service of which nothing is left to do. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'deployments';
      readonly primary: Deployment;
      readonly plan: DeploymentPlan;
      readonly zones: ZonePlan;
    }
  | { readonly kind: 'taskSets'; readonly plans: readonly TaskSetPlan[] };

/** What the service of the view does next. */
export function planService(view: ServiceView): ServicePlan {
  const { service, primary } = view;
  if (service.deploymentController === 'EXTERNAL') return { kind: 'taskSets', plans: planTaskSets(view) };
  if (!primary) return { kind: 'nothing' };
  const plan = planDeployments(view, primary);
  return { kind: 'deployments', primary, plan, zones: planZones(view, primary, plan) };
}

function planDeployments(view: ServiceView, primary: Deployment): DeploymentPlan {
  if (view.service.schedulingStrategy === 'DAEMON') return daemon(view, primary);
  return view.staged ? staged(view, view.staged, primary) : rolling(view, primary);
}

/** All that is started and stopped, moves between Availability Zones apart: these come once there is nothing of it. */
export function movesOf(planned: ServicePlan): ServiceMoves {
  switch (planned.kind) {
    case 'nothing':
      return noMoves;
    case 'deployments':
      return planned.plan;
    case 'taskSets':
      return {
        start: planned.plans.flatMap(({ start }) => start),
        missing: planned.plans.reduce((sum, { missing }) => sum + missing, 0),
        stop: planned.plans.flatMap(({ stop }) => stop),
        isStuck: planned.plans.some(({ isStuck }) => isStuck),
      };
  }
}
