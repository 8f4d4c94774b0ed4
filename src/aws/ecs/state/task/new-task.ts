// A new task's record, from its definition and its overrides. Pure but for ids.
import { hexId, uuid } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { containerArn, taskArn } from '../arn.ts';
import type { PlacedInstance, TaskPlace } from './placed-instance.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { ContainerDefinition, TaskDefinition } from '../task-definition/task-definition.ts';
import { placeOn } from './task-lifecycle.ts';
import { gpusOf, overrideOf, taskLimits, taskResources } from './task-resources.ts';
import type { Container, Task, TaskOverride } from './task.ts';
import type { PlacementConstraint } from '../task-definition/placement-rules.ts';

/** What whoever starts a task says of it. */
export interface NewTaskRequest {
  readonly launchType: 'EC2' | 'EXTERNAL';
  readonly group: string;
  readonly overrides: TaskOverride;
  /** Set when a capacity provider strategy says where it runs. */
  readonly capacityProviderName?: string | undefined;
  /** Of RunTask, beside the definition's own; absent where it gave none. */
  readonly placementConstraints?: readonly PlacementConstraint[] | undefined;
  readonly startedBy?: string | undefined;
  readonly tags: readonly Tag[];
  readonly referenceId?: string | undefined;
  readonly clientToken?: string | undefined;
  readonly requestDigest?: string | undefined;
  /** Of a service's task: the service, and its deployment or task set. */
  readonly serviceArn?: string | undefined;
  readonly deploymentId?: string | undefined;
}

/** The record of a task that was placed on `instance`, PENDING from the start: nothing is set up before its agent has it. */
export const newTask = (
  random: Random,
  definition: TaskDefinition,
  instance: PlacedInstance,
  request: NewTaskRequest,
  now: number,
): Omit<Task, 'version'> => placeOn(unplacedTask(random, definition, instance, request, now), instance);

/** The record of a task without an instance, PROVISIONING. */
export function unplacedTask(
  random: Random,
  definition: TaskDefinition,
  place: TaskPlace,
  request: NewTaskRequest,
  now: number,
): Omit<Task, 'version'> {
  const id = hexId(random);
  const overridden = taskLimits(definition, request.overrides);
  return {
    accountId: place.accountId,
    region: place.region,
    arn: taskArn(place, place.clusterName, id),
    id,
    clusterArn: place.clusterArn,
    clusterName: place.clusterName,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    desiredStatus: 'RUNNING',
    lastStatus: 'PROVISIONING',
    containers: definition.containerDefinitions.map((container) =>
      newContainer(random, definition, container, request.overrides, place, id),
    ),
    launchType: request.launchType,
    capacityProviderName: request.capacityProviderName,
    ...(request.placementConstraints && { placementConstraints: request.placementConstraints }),
    group: request.group,
    startedBy: request.startedBy,
    overrides: completeOverrides(definition, request.overrides),
    resources: taskResources(definition, request.overrides),
    cpuLimit: overridden.cpu,
    memoryLimit: overridden.memory,
    tags: request.tags,
    referenceId: request.referenceId,
    clientToken: request.clientToken,
    requestDigest: request.requestDigest,
    serviceArn: request.serviceArn,
    deploymentId: request.deploymentId,
    createdAt: now,
  };
}

/** ECS lists every container, with at least its name. */
const completeOverrides = (definition: TaskDefinition, overrides: TaskOverride): TaskOverride => ({
  ...overrides,
  containerOverrides: definition.containerDefinitions.map(
    ({ name }) => overrideOf(overrides, name) ?? (name === undefined ? {} : { name }),
  ),
  inferenceAcceleratorOverrides: [],
});

function newContainer(
  random: Random,
  definition: TaskDefinition,
  container: ContainerDefinition,
  overrides: TaskOverride,
  place: TaskPlace,
  taskId: string,
): Container {
  const override = overrideOf(overrides, container.name);
  const gpus = gpusOf(container, overrides);
  return {
    arn: containerArn(definition, place.clusterName, taskId, uuid(random)),
    name: container.name!,
    image: container.image!,
    essential: container.essential ?? true,
    lastStatus: 'PENDING',
    healthStatus: 'UNKNOWN',
    networkBindings: [],
    cpu: override?.cpu ?? container.cpu ?? 0,
    memory: override?.memory ?? container.memory,
    memoryReservation: override?.memoryReservation ?? container.memoryReservation,
    ...(gpus > 0 && { gpus }),
  };
}
