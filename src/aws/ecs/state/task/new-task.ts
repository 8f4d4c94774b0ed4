// A new task's record, from its definition and its overrides. Pure but for ids.
import { hexId, uuid } from '../../../../lib/ids.ts';
import type { Random } from '../../../../lib/random.ts';
import { containerArn, taskArn } from '../arn.ts';
import type { TaskHome } from './placed-instance.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { ContainerDefinition, TaskDefinition } from '../task-definition/task-definition.ts';
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

/** A task to be made of a definition. */
export interface TaskOrigin {
  readonly definition: TaskDefinition;
  readonly home: TaskHome;
  readonly request: NewTaskRequest;
  /** Epoch ms. */
  readonly now: number;
}

/** The record of a task without an instance, PROVISIONING; `placeOn` gives it one. */
export function newTask(
  random: Random,
  { definition, home, request, now }: TaskOrigin,
): Omit<Task, 'version'> {
  const id = hexId(random);
  const overridden = taskLimits(definition, request.overrides);
  return {
    accountId: home.accountId,
    region: home.region,
    arn: taskArn(home, home.clusterName, id),
    id,
    clusterArn: home.clusterArn,
    clusterName: home.clusterName,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    desiredStatus: 'RUNNING',
    lastStatus: 'PROVISIONING',
    containers: definition.containerDefinitions.map((container) => ({
      arn: containerArn(definition, home.clusterName, id, uuid(random)),
      ...newContainer(container, request.overrides),
    })),
    launchType: request.launchType,
    capacityProviderName: request.capacityProviderName,
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
    scheduling: request.placementConstraints && { placementConstraints: request.placementConstraints },
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

function newContainer(container: ContainerDefinition, overrides: TaskOverride): Omit<Container, 'arn'> {
  const override = overrideOf(overrides, container.name);
  const gpus = gpusOf(container, overrides);
  return {
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
