import type { Presented } from '../../shared/presented.ts';
import type * as ecs from '../shapes.generated.ts';
import type { TaskDefinition } from '../state/task-definition/task-definition.ts';
import { optionalSeconds, seconds } from './seconds.ts';

/** The definition without its tags, which stand beside it in every answer. */
export function presentTaskDefinition(definition: TaskDefinition): Presented<ecs.TaskDefinition> {
  return {
    taskDefinitionArn: definition.arn,
    containerDefinitions: definition.containerDefinitions,
    family: definition.family,
    taskRoleArn: definition.taskRoleArn,
    executionRoleArn: definition.executionRoleArn,
    networkMode: definition.networkMode,
    revision: definition.revision,
    volumes: definition.volumes,
    status: definition.status,
    requiresAttributes: definition.requiresAttributes,
    placementConstraints: definition.placementConstraints,
    compatibilities: definition.compatibilities,
    runtimePlatform: definition.runtimePlatform,
    requiresCompatibilities: definition.requiresCompatibilities,
    cpu: definition.cpu,
    memory: definition.memory,
    pidMode: definition.pidMode,
    ipcMode: definition.ipcMode,
    proxyConfiguration: definition.proxyConfiguration,
    inferenceAccelerators: definition.inferenceAccelerators,
    ephemeralStorage: definition.ephemeralStorage,
    enableFaultInjection: definition.enableFaultInjection,
    registeredAt: seconds(definition.registeredAt),
    deregisteredAt: optionalSeconds(definition.deregisteredAt),
    deleteRequestedAt: optionalSeconds(definition.deleteRequestedAt),
    registeredBy: definition.registeredBy,
  };
}
