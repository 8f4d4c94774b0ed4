// What a task in PROVISIONING needs of an instance: kept in its row, and read again when there may be one.
import type { NewTaskRequest } from '../../state/task/new-task.ts';
import type { Task } from '../../state/task/task.ts';
import type { ProvisioningRequest } from '../../state/task/task-scheduling.ts';
import { compileConstraints, compileStrategies } from './compile.ts';
import type { PlacementRequest, Constraint, Strategy } from './filter.ts';
import type { TaskPlacementRules } from './task-requirements.ts';
import type { PlacementStrategy } from '../../state/task-definition/placement-rules.ts';

/** A task as RunTask, StartTask and services ask for it. */
export type TaskRequest = TaskPlacementRules & NewTaskRequest;

/** What of the requirements its task's row does not hold anyway, as plain data. */
export const provisioningRequestOf = (requirements: PlacementRequest): ProvisioningRequest => ({
  requiresAttributes: requirements.requiresAttributes,
  constraints: requirements.constraints.map(storedConstraint),
  strategies: requirements.strategies.map(storedStrategy),
});

const storedConstraint = (constraint: Constraint): ProvisioningRequest['constraints'][number] =>
  constraint.type === 'memberOf'
    ? { type: constraint.type, expression: constraint.expression }
    : { type: constraint.type };

function storedStrategy(strategy: Strategy): PlacementStrategy {
  switch (strategy.type) {
    case 'random':
      return { type: 'random' };
    case 'binpack':
      return { type: 'binpack', field: strategy.field };
    case 'spread':
      return {
        type: 'spread',
        field: strategy.attribute === undefined ? 'instanceId' : `attribute:${strategy.attribute}`,
      };
  }
}

/** The requirements of a task in PROVISIONING, with its queries read. */
export const provisioningRequirements = ({
  resources,
  launchType,
  group,
  scheduling,
}: Task): PlacementRequest => ({
  resources,
  requiresAttributes: scheduling?.provisioningRequest?.requiresAttributes ?? [],
  launchType,
  group,
  constraints: compileConstraints(scheduling?.provisioningRequest?.constraints ?? []),
  strategies: compileStrategies(scheduling?.provisioningRequest?.strategies ?? []),
});

/** Equal for tasks with the same requirements. */
export const requirementsKey = (task: Task): string =>
  JSON.stringify([task.group, task.resources, task.scheduling?.provisioningRequest]);

/** Tasks that wait in the order in which they are served: the oldest first. */
export const inArrivalOrder = (waiting: Iterable<Task>): readonly Task[] =>
  [...waiting].sort((a, b) => a.createdAt - b.createdAt || (a.arn < b.arn ? -1 : 1));
