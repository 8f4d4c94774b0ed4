// What a task asks of an instance: by its definition, its overrides and the rules of whoever starts it.
import { taskResources } from '../model/task-resources.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import type { TaskOverride } from '../model/task.ts';
import { compileConstraints } from './compile.ts';
import type { Ask, Constraint, Strategy } from './filter.ts';

/** How a task of a definition is to be started. */
export interface AskedTask {
  readonly launchType: 'EC2' | 'EXTERNAL';
  readonly group: string;
  readonly overrides: TaskOverride;
  /** Beside those of the definition. */
  readonly constraints: readonly Constraint[];
  readonly strategies: readonly Strategy[];
}

/** What placement is asked for. */
export const taskAsk = (definition: TaskDefinition, asked: AskedTask): Ask => ({
  resources: taskResources(definition, asked.overrides),
  requiresAttributes: definition.requiresAttributes,
  launchType: asked.launchType,
  group: asked.group,
  constraints: joined(constraintsOf(definition), asked.constraints),
  strategies: asked.strategies,
});

/** A definition's row never changes what it asks for, so its queries are read once in the life of the row. */
const compiled = new WeakMap<TaskDefinition, readonly Constraint[]>();

function constraintsOf(definition: TaskDefinition): readonly Constraint[] {
  let constraints = compiled.get(definition);
  if (!constraints) {
    constraints = compileConstraints(definition.placementConstraints);
    compiled.set(definition, constraints);
  }
  return constraints;
}

const joined = (own: readonly Constraint[], more: readonly Constraint[]): readonly Constraint[] =>
  own.length === 0 ? more : more.length === 0 ? own : [...own, ...more];
