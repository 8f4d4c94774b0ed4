// One container of a payload: its definition, with the task's overrides merged in by us, since the agent merges none.
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import { ecrRegistry } from '../../aws/ecs/state/task-definition/ecr-image.ts';
import type {
  ContainerDefinition,
  NetworkMode,
} from '../../aws/ecs/state/task-definition/task-definition.ts';
import type { Container, Task } from '../../aws/ecs/state/task/task.ts';
import { imageReference } from '../../aws/ecs/state/service/deployment/version-consistency.ts';
import { dockerConfig } from './docker-config.ts';
import { payloadEnvironment } from './environment.ts';
import { hostConfig } from './host-config.ts';
import { filled } from './json-object.ts';
import { payloadPortMappings } from './port-mappings.ts';

const mountPoints = (definition: ContainerDefinition): PayloadContainer['mountPoints'] =>
  filled(definition.mountPoints)?.map(({ sourceVolume, containerPath, readOnly }) => ({
    sourceVolume: sourceVolume ?? '',
    containerPath: containerPath ?? '',
    readOnly: readOnly ?? false,
  }));

const volumesFrom = (definition: ContainerDefinition): PayloadContainer['volumesFrom'] =>
  filled(definition.volumesFrom)?.map(({ sourceContainer, readOnly }) => ({
    sourceContainer: sourceContainer ?? '',
    readOnly: readOnly ?? false,
  }));

const dependsOn = (definition: ContainerDefinition): PayloadContainer['dependsOn'] =>
  filled(definition.dependsOn)?.map(({ containerName, condition }) => ({
    containerName: containerName ?? '',
    condition: condition ?? 'START',
  }));

// ECS's own default period is 300 s; the agent has none and would restart without pause.
const restartPolicy = (definition: ContainerDefinition): PayloadContainer['restartPolicy'] =>
  definition.restartPolicy && {
    enabled: definition.restartPolicy.enabled ?? false,
    ignoredExitCodes: filled(definition.restartPolicy.ignoredExitCodes),
    restartAttemptPeriod: definition.restartPolicy.restartAttemptPeriod ?? 300,
  };

/** No execution role is ever delivered: a definition that asks for one with such an image is not run. */
function registryAuthentication(image: string): PayloadContainer['registryAuthentication'] {
  const registry = ecrRegistry(image);
  return registry && { type: 'ecr', ecrAuthData: { ...registry, useExecutionRole: false } };
}

/** `container` of `task` for the agent; image, essential and limits are those that the task was placed with. */
export function payloadContainer(
  task: Task,
  container: Container,
  definition: ContainerDefinition,
  networkMode: NetworkMode,
): PayloadContainer {
  const override = task.overrides.containerOverrides?.find(({ name }) => name === container.name);
  return {
    name: container.name,
    image: imageReference(container),
    containerArn: container.arn,
    essential: container.essential,
    command: filled(override?.command) ?? filled(definition.command),
    entryPoint: filled(definition.entryPoint),
    environment: payloadEnvironment(task.launchType, definition.environment, override?.environment),
    cpu: container.cpu,
    memory: container.memory,
    links: filled(definition.links),
    portMappings: payloadPortMappings(definition.portMappings, networkMode),
    mountPoints: mountPoints(definition),
    volumesFrom: volumesFrom(definition),
    dependsOn: dependsOn(definition),
    startTimeout: definition.startTimeout,
    stopTimeout: definition.stopTimeout,
    healthCheckType: definition.healthCheck && 'docker',
    restartPolicy: restartPolicy(definition),
    registryAuthentication: registryAuthentication(container.image),
    dockerConfig: {
      config: dockerConfig(definition),
      hostConfig: hostConfig(definition, { ...container, networkMode }),
    },
  };
}
