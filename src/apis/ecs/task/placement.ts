// Placement constraints and strategies as RunTask gives them, ready for placement.
import type * as ecs from '@aws-sdk/client-ecs';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import { compileConstraints, compileStrategies } from '../../../placement/compile.ts';
import type { Constraint, Strategy } from '../../../placement/filter.ts';
import { checkConstraints, checkStrategies } from '../../../placement/rules.ts';
import { asInvalidParameter } from '../../as-invalid-parameter.ts';
import type { Input } from '../ecs.ts';

/** StartTask has neither: whoever calls it has chosen the instances. */
type Given = Input<Pick<ecs.RunTaskRequest, 'taskDefinition' | 'placementConstraints' | 'placementStrategy'>>;

/** Throws InvalidParameterException for what ECS refuses; that of an expression names the position in it. */
export function requestedPlacement(
  given: Given,
  definition: Pick<TaskDefinition, 'placementConstraints'>,
): { readonly constraints: readonly Constraint[]; readonly strategies: readonly Strategy[] } {
  const { placementConstraints = [], placementStrategy = [] } = given;
  return asInvalidParameter(() => ({
    constraints: compileConstraints(
      checkConstraints(placementConstraints, definition.placementConstraints.length),
    ),
    strategies: compileStrategies(checkStrategies(placementStrategy)),
  }));
}
