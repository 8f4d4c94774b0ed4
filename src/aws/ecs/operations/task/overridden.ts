// A definition as the overrides of one run change it.
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { overrideOf, requirementsOf } from '../../state/task/task-resources.ts';
import type { TaskOverride } from '../../state/task/task.ts';

/** The definition with the roles and amounts that overrides put in place of its own. */
export const definitionToRun = (
  overrides: TaskOverride | undefined,
  definition: TaskDefinition,
): TaskDefinition => ({
  ...definition,
  ...rolesOf(overrides),
  containerDefinitions: overriddenContainers(overrides, definition),
});

/** The containers with what overrides put in place of their amounts. */
export const overriddenContainers = (
  overrides: TaskOverride = {},
  definition: TaskDefinition,
): TaskDefinition['containerDefinitions'] =>
  definition.containerDefinitions.map((container) => {
    const override = overrideOf(overrides, container.name);
    return {
      ...container,
      cpu: override?.cpu ?? container.cpu,
      memory: override?.memory ?? container.memory,
      memoryReservation: override?.memoryReservation ?? container.memoryReservation,
      resourceRequirements: requirementsOf(container, overrides),
    };
  });

const rolesOf = (
  overrides: TaskOverride = {},
): Partial<Pick<TaskDefinition, 'taskRoleArn' | 'executionRoleArn'>> => ({
  ...(overrides.taskRoleArn ? { taskRoleArn: overrides.taskRoleArn } : {}),
  ...(overrides.executionRoleArn ? { executionRoleArn: overrides.executionRoleArn } : {}),
});
