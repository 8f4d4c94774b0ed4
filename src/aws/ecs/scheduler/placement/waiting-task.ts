// What a task that waits for capacity asks of an instance: kept in its row, and read again when there may be one.
import type { NewTaskRequest } from '../../state/task/new-task.ts';
import type { Task, WaitsFor } from '../../state/task/task.ts';
import { compileConstraints, compileStrategies } from './compile.ts';
import type { Ask, Constraint, Strategy } from './filter.ts';
import type { AskedTask } from './task-ask.ts';
import type { PlacementStrategy } from '../../state/task-definition/placement-rules.ts';

/** A task as RunTask, StartTask and services ask for it. */
export type TaskRequest = AskedTask & NewTaskRequest;

/** What of an ask its task's row does not hold anyway, as plain data. */
export const rulesOf = (ask: Ask): WaitsFor => ({
  requiresAttributes: ask.requiresAttributes,
  constraints: ask.constraints.map(storedConstraint),
  strategies: ask.strategies.map(storedStrategy),
});

const storedConstraint = (constraint: Constraint): WaitsFor['constraints'][number] =>
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

/** A task's wait, with its queries read. */
export const waitingAsk = (task: Task): Ask => ({
  resources: task.resources,
  requiresAttributes: task.waitsFor?.requiresAttributes ?? [],
  launchType: task.launchType,
  group: task.group,
  constraints: compileConstraints(task.waitsFor?.constraints ?? []),
  strategies: compileStrategies(task.waitsFor?.strategies ?? []),
});

/** Equal for tasks that ask the same of an instance. */
export const askKey = (task: Task): string => JSON.stringify([task.group, task.resources, task.waitsFor]);

/** Tasks that wait in the order in which they are served: the oldest first. */
export const inLine = (waiting: Iterable<Task>): readonly Task[] =>
  [...waiting].sort((a, b) => a.createdAt - b.createdAt || (a.arn < b.arn ? -1 : 1));
