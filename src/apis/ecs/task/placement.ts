// Placement constraints and strategies as RunTask gives them, ready for placement.
import type * as ecs from '@aws-sdk/client-ecs';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import { compileConstraints, compileStrategies } from '../../../placement/compile.ts';
import type { Constraint, Strategy } from '../../../placement/filter.ts';
import { checkConstraints, checkStrategies, PlacementRuleError } from '../../../placement/rules.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter } from '../errors.ts';

/** StartTask has neither: whoever calls it has chosen the instances. */
type Given = Input<Pick<ecs.RunTaskRequest, 'taskDefinition' | 'placementConstraints' | 'placementStrategy'>>;

/** Throws InvalidParameterException for what ECS refuses; that of an expression names the position in it. */
export function requestedPlacement(
  given: Given,
  definition: Pick<TaskDefinition, 'placementConstraints'>,
): { readonly constraints: readonly Constraint[]; readonly strategies: readonly Strategy[] } {
  const { placementConstraints = [], placementStrategy = [] } = given;
  try {
    return {
      constraints: compileConstraints(
        checkConstraints(placementConstraints, definition.placementConstraints.length),
      ),
      strategies: compileStrategies(checkStrategies(placementStrategy)),
    };
  } catch (error) {
    throw error instanceof PlacementRuleError ? invalidParameter(error.message) : error;
  }
}
