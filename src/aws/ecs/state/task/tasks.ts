// Tasks, by ARN, and the totals that follow from them.
import { failureCause } from './failure-cause.ts';
import {
  addResources,
  noResources,
  subtractResources,
  type Resources,
} from '../../../../agent-protocol/resources.ts';
import { taskHealth } from './task-health.ts';
import { isAbandoned } from './task-scheduling.ts';
import { isProvisioning, type Task } from './task.ts';
import { indexOn, type SingleIndex } from '../../../../store/index-on.ts';
import { defineTable, type Tally } from '../../../../store/table.ts';
import { gatherMembers } from '../../../../store/row-migration.ts';

/** What the tasks of an instance hold until they are STOPPED, and how many there are. */
export interface TaskTotals {
  readonly taken: Resources;
  /** desiredStatus RUNNING and lastStatus RUNNING. */
  readonly running: number;
  /** desiredStatus RUNNING and lastStatus before RUNNING. */
  readonly pending: number;
}

/** lastStatus counts, as DescribeClusters shows them. */
export interface StatusCounts {
  readonly running: number;
  readonly pending: number;
}

const isLive = (task: Task): boolean => task.lastStatus !== 'STOPPED';
/** Its service still reckons with it: an abandoned task may be gone with its host. */
const isReckonedWith = (task: Task): boolean => isLive(task) && !isAbandoned(task);
const isOver = (task: Task): boolean => !isLive(task) || failureCause(task) !== undefined;
const isStarting = (task: Task): boolean =>
  task.lastStatus === 'PROVISIONING' || task.lastStatus === 'PENDING' || task.lastStatus === 'ACTIVATING';
const one = (condition: boolean): number => (condition ? 1 : 0);

const on = indexOn<Task>();

const usage = {
  group: on('containerInstanceArn').where(isLive),
  empty: { taken: noResources, running: 0, pending: 0 },
  add: (total, task) => ({
    taken: addResources(total.taken, task.resources),
    running: total.running + one(task.desiredStatus === 'RUNNING' && task.lastStatus === 'RUNNING'),
    pending: total.pending + one(task.desiredStatus === 'RUNNING' && isStarting(task)),
  }),
  remove: (total, task) => ({
    taken: subtractResources(total.taken, task.resources),
    running: total.running - one(task.desiredStatus === 'RUNNING' && task.lastStatus === 'RUNNING'),
    pending: total.pending - one(task.desiredStatus === 'RUNNING' && isStarting(task)),
  }),
} satisfies Tally<Task, TaskTotals>;

const statusCounts = <K>(group: SingleIndex<Task, K>): Tally<Task, StatusCounts, K> => ({
  group,
  empty: { running: 0, pending: 0 },
  add: (total, task) => ({
    running: total.running + one(task.lastStatus === 'RUNNING'),
    pending: total.pending + one(isStarting(task)),
  }),
  remove: (total, task) => ({
    running: total.running - one(task.lastStatus === 'RUNNING'),
    pending: total.pending - one(isStarting(task)),
  }),
});

/** The tasks of a service or of one of its deployments; those that were told to stop count only as stopping. */
export interface ServiceTaskCounts {
  readonly running: number;
  readonly pending: number;
  /** desiredStatus STOPPED and not STOPPED yet; abandoned ones are not waited for. */
  readonly stopping: number;
  /** Of the running: those whose essential containers' health checks all pass. */
  readonly healthy: number;
  /** Of the running: those of which an essential container's health check fails. */
  readonly unhealthy: number;
}

/** `sign` 1 adds the task to the total, -1 takes it out. */
function countTask(total: ServiceTaskCounts, task: Task, sign: 1 | -1): ServiceTaskCounts {
  const wanted = task.desiredStatus === 'RUNNING';
  const running = wanted && task.lastStatus === 'RUNNING';
  const health = running ? taskHealth(task.containers) : undefined;
  return {
    running: total.running + sign * one(running),
    pending: total.pending + sign * one(wanted && isStarting(task)),
    stopping: total.stopping + sign * one(!wanted && isReckonedWith(task)),
    healthy: total.healthy + sign * one(health === 'HEALTHY'),
    unhealthy: total.unhealthy + sign * one(health === 'UNHEALTHY'),
  };
}

const serviceTaskCounts = <K>(group: SingleIndex<Task, K>): Tally<Task, ServiceTaskCounts, K> => ({
  group: group.where(isLive),
  empty: { running: 0, pending: 0, stopping: 0, healthy: 0, unhealthy: 0 },
  add: (total, task) => countTask(total, task, 1),
  remove: (total, task) => countTask(total, task, -1),
});

export const tasks = defineTable<Task>()({
  name: 'tasks',
  durable: true,
  migrations: [
    {
      shape: 2,
      migrate: gatherMembers('scheduling', {
        waitsFor: 'provisioningRequest',
        placementConstraints: 'placementConstraints',
        serviceSettled: 'countedByService',
        givenUpAt: 'abandonedAt',
        replaceAsked: 'replaceAsked',
      }),
    },
  ],
  key: (task) => task.arn,
  indexes: {
    clusterDesired: on('clusterArn', 'desiredStatus'),
    instance: on('containerInstanceArn'),
    instanceDesired: on('containerInstanceArn', 'desiredStatus'),
    /** Tasks that still hold something on their instance. */
    instanceLive: on('containerInstanceArn').where(isLive),
    /** Tasks that a capacity provider of their cluster still runs. */
    capacityProviderLive: on('clusterArn', 'capacityProviderName').where(isLive),
    /** Tasks that wait for capacity: all of them, of a cluster, and of one of its providers. */
    waiting: on().where(isProvisioning),
    clusterProvisioning: on('clusterArn').where(isProvisioning),
    capacityProviderProvisioning: on('clusterArn', 'capacityProviderName').where(isProvisioning),
    clusterLive: on('clusterArn').where(isLive),
    familyDesired: on('clusterArn', 'family', 'desiredStatus'),
    startedByDesired: on('clusterArn', 'desiredStatus', 'startedBy'),
    serviceDesired: on('serviceArn', 'desiredStatus'),
    /** Tasks of a service, and of a deployment or task set, that are neither STOPPED nor abandoned. */
    serviceLive: on('serviceArn').where(isReckonedWith),
    /** Tasks that are STOPPED, or failed and on their way there, whose end their service has not counted yet. */
    serviceUncounted: on('serviceArn').where((task) => isOver(task) && !task.scheduling?.countedByService),
    deploymentLive: on('deploymentId').where(isReckonedWith),
    taskDefinitionLive: on('taskDefinitionArn').where(isLive),
    clientToken: on('clusterArn', 'clientToken'),
    stopped: on().where((task) => !isLive(task)),
  },
  tallies: {
    usage,
    clusterCounts: statusCounts(on('clusterArn')),
    clusterLaunchTypeCounts: statusCounts(on('clusterArn', 'launchType')),
    service: serviceTaskCounts(on('serviceArn')),
    deployment: serviceTaskCounts(on('deploymentId')),
  },
});
