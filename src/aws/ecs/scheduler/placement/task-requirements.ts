// What a task needs of an instance: by its definition, its overrides and the rules of whoever starts it.
import { taskResources } from '../../state/task/task-resources.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import type { TaskOverride } from '../../state/task/task.ts';
import { compileConstraints } from './compile.ts';
import type { PlacementRequest, Constraint, Strategy } from './filter.ts';
import { placementAttributes } from './placement-attributes.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

/** How a task of a definition is to be started. */
export interface TaskPlacementRules {
  readonly launchType: 'EC2' | 'EXTERNAL';
  readonly group: string;
  readonly overrides: TaskOverride;
  /** Beside those of the definition. */
  readonly constraints: readonly Constraint[];
  readonly strategies: readonly Strategy[];
}

/** What placement is asked for. */
export const taskRequirements = (
  definition: TaskDefinition,
  asked: TaskPlacementRules,
): PlacementRequest => ({
  resources: taskResources(definition, asked.overrides),
  requiresAttributes: rulesOf(definition).attributes,
  launchType: asked.launchType,
  group: asked.group,
  constraints: joined(rulesOf(definition).constraints, asked.constraints),
  strategies: asked.strategies,
});

interface DefinitionRules {
  readonly attributes: readonly Attribute[];
  readonly constraints: readonly Constraint[];
}

/** A definition's row never changes what it asks for, so its rules are read once in the life of the row. */
const rules = new WeakMap<TaskDefinition, DefinitionRules>();

function rulesOf(definition: TaskDefinition): DefinitionRules {
  let known = rules.get(definition);
  if (!known) {
    known = {
      attributes: placementAttributes(definition),
      constraints: compileConstraints(definition.placementConstraints),
    };
    rules.set(definition, known);
  }
  return known;
}

const joined = (own: readonly Constraint[], more: readonly Constraint[]): readonly Constraint[] =>
  own.length === 0 ? more : more.length === 0 ? own : [...own, ...more];
