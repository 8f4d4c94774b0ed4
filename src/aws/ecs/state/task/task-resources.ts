// What a task takes of its instance, from its definition and its overrides, in the agent's own accounting. Pure.
import type { TaskResources } from '../../../../agent-protocol/resources.ts';
import type { ContainerDefinition, TaskDefinition } from '../task-definition/task-definition.ts';
import type { TaskOverride } from './task.ts';

type Sized = Pick<TaskDefinition, 'cpu' | 'memory' | 'containerDefinitions'>;

/** What a call says in place of a container's definition, if anything. */
export const overrideOf = (overrides: TaskOverride, name: string | undefined) =>
  overrides.containerOverrides?.find((container) => container.name === name);

/** The task-level limits after overrides, where there are any: CPU units and MiB. */
export const taskLimits = (
  definition: Pick<Sized, 'cpu' | 'memory'>,
  overrides: TaskOverride,
): { cpu?: number | undefined; memory?: number | undefined } => {
  const number = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Number(text);
  return {
    cpu: number(overrides.cpu ?? definition.cpu),
    memory: number(overrides.memory ?? definition.memory),
  };
};

/** What a container asks for by number; what an override lists goes in place of the definition's list. */
export function requirementsOf(
  container: ContainerDefinition,
  overrides: TaskOverride,
): NonNullable<ContainerDefinition['resourceRequirements']> {
  const override = overrideOf(overrides, container.name)?.resourceRequirements;
  return override?.length ? override : (container.resourceRequirements ?? []);
}

/** How many GPUs a container asks for after overrides; 0 is none. */
export const gpusOf = (container: ContainerDefinition, overrides: TaskOverride): number =>
  Number(requirementsOf(container, overrides).find(({ type }) => type === 'GPU')?.value ?? 0);

/** The task's cpu and memory where set, else the sums over its containers; static host ports; GPUs, if it asks for any. */
export function taskResources(definition: Sized, overrides: TaskOverride): TaskResources {
  const limit = taskLimits(definition, overrides);
  const sum = (of: (container: ContainerDefinition) => number): number =>
    definition.containerDefinitions.reduce((total, container) => total + of(container), 0);
  const gpus = sum((container) => gpusOf(container, overrides));
  return {
    cpu: limit.cpu ?? sum((container) => overrideOf(overrides, container.name)?.cpu ?? container.cpu ?? 0),
    memory: limit.memory ?? sum((container) => containerMemory(container, overrides)),
    ports: staticPorts(definition, 'tcp'),
    portsUdp: staticPorts(definition, 'udp'),
    ...(gpus > 0 && { gpus }),
  };
}

/** The soft limit counts where there is one; 0 is none. */
function containerMemory(container: ContainerDefinition, overrides: TaskOverride): number {
  const override = overrideOf(overrides, container.name);
  const soft = override?.memoryReservation ?? container.memoryReservation;
  return soft || (override?.memory ?? container.memory ?? 0);
}

const staticPorts = (definition: Sized, protocol: 'tcp' | 'udp'): number[] =>
  definition.containerDefinitions.flatMap((container) =>
    (container.portMappings ?? [])
      .filter((mapping) => (mapping.protocol ?? 'tcp') === protocol && (mapping.hostPort ?? 0) > 0)
      .map((mapping) => mapping.hostPort!),
  );
