// Makes what a step of a service decides on. Nobody reads the store after it until the decision is done.
import { capacityProviderArn } from '../../../state/arn.ts';
import { autoScalingGroupName } from '../../../state/capacity/capacity-provider.ts';
import { capacityProviders } from '../../../state/capacity/capacity-providers.ts';
import type { ContainerInstance } from '../../../state/instance/container-instance.ts';
import type { Fleets } from '../../../state/instance/fleets.ts';
import { autoScalingGroupOf } from '../../../state/instance/instance-group.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import type { Service } from '../../../state/service/service.ts';
import { taskSets } from '../../../state/service/task-set/task-sets.ts';
import { definitionOf } from '../../../state/task-definition/definition-of.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { serviceRequirements } from '../../placement/service-requirements.ts';
import { eligibleZones } from '../../placement/zones.ts';
import { healthyAfterOf } from '../failures/early-exits.ts';
import type { TrafficRouter } from '../traffic-router.ts';
import { daemonInstances } from './daemon-instances.ts';
import { serviceTasks, type TaskContext, type TasksOfView } from './service-task.ts';
import type { ServiceView } from './service-view.ts';
import { stagedView } from './staged-view.ts';
import { startersOf } from './starters.ts';

export interface ViewContext extends TaskContext {
  /** Who splits a service's traffic between two deployments. */
  readonly router: TrafficRouter;
  /** For who stops no more than this now: more of those that are too many need not be chosen. Absent: all are. */
  readonly maxStops?: number | undefined;
  /** Of the cluster's instances; absent for who does not move tasks between Availability Zones. */
  readonly fleets?: Fleets | undefined;
  /** Who keeps the tasks of services at hand; absent: they are looked up. */
  readonly tasks?: KeptTasks | undefined;
}

export type KeptContext = Pick<TaskContext, 'now' | 'healthyAfter'>;

export interface KeptTasks {
  /** What `serviceTasks` finds in `tx`, as long as that has changed nothing itself. */
  of(tx: ReadTransaction, service: Service, context: KeptContext): TasksOfView;
}

/** The service as its rows and its tasks' have it; `service` may differ from its row, for who asks what would be. */
export function viewOf(tx: ReadTransaction, service: Service, context: ViewContext): ServiceView {
  const listed = [...tx.table(deployments).by('listed', { serviceArn: service.arn })];
  const primary = listed.find(({ status }) => status === 'PRIMARY');
  const rollout =
    primary && tx.table(serviceDeployments).by('arn', { arn: primary.serviceDeploymentArn }).next().value;
  const healthyAfter = healthyAfterOf(primary, rollout, context.healthyAfter);
  const found = tasksOf(tx, service, { ...context, healthyAfter });
  const view: ServiceView = {
    service,
    now: context.now,
    deployments: listed,
    primary,
    rollout,
    staged: stagedView(tx, service, listed, context.router),
    taskSets: [...tx.table(taskSets).by('service', { serviceArn: service.arn })],
    ...found,
    instances: [],
    zones: [],
    maxStops: context.maxStops,
  };
  if (!primary) return view;
  if (service.schedulingStrategy === 'DAEMON') {
    const { lead = primary } = startersOf(view);
    return { ...view, instances: daemonInstances(tx, service, lead, found.tasks) };
  }
  const { fleets } = context;
  return fleets && mayMoveZones(view, primary)
    ? { ...view, zones: zonesFor(tx, service, primary, fleets) }
    : view;
}

/** What is at hand counts tasks as they are; who asks what would be has them looked up. */
function tasksOf(tx: ReadTransaction, service: Service, context: ViewContext): TasksOfView {
  const { tasks, without, ignoresProtection } = context;
  return tasks && !without && !ignoresProtection
    ? tasks.of(tx, service, context)
    : serviceTasks(tx, service, context);
}

/** Whether moves between zones may be due: as many tasks as there are to be, or more, because such moves have begun. */
const mayMoveZones = ({ service, tasks }: ServiceView, { scheduling }: Deployment): boolean =>
  service.availabilityZoneRebalancing === 'ENABLED' &&
  ((scheduling?.zoneBalance?.surge ?? 0) > 0 || tasks.length === service.desiredCount);

/** Where the service's next task may be placed. */
function zonesFor(
  tx: ReadTransaction,
  service: Service,
  primary: Deployment,
  fleets: Fleets,
): readonly string[] {
  const definition = definitionOf(tx, primary);
  if (!definition) return [];
  const groups = service.capacityProviderStrategy.flatMap(({ capacityProvider }) => {
    const provider = tx.table(capacityProviders).get(capacityProviderArn(service, capacityProvider));
    return provider?.autoScalingGroupProvider?.autoScalingGroupArn ?? [];
  });
  const names = new Set(groups.map(autoScalingGroupName));
  const mayUse = (instance: ContainerInstance): boolean =>
    service.capacityProviderStrategy.length === 0 || names.has(autoScalingGroupOf(instance) ?? '');
  return eligibleZones(
    serviceRequirements(service, definition),
    fleets.fleet(tx, service.clusterArn),
    mayUse,
  );
}
