// Placement constraints and strategies as RunTask gives them, ready for placement.
import type * as ecs from '../../shapes.generated.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { compileConstraints, compileStrategies } from '../../scheduler/placement/compile.ts';
import type { Constraint, Strategy } from '../../scheduler/placement/filter.ts';
import { checkConstraints, checkStrategies } from '../../scheduler/placement/rules.ts';
import { asInvalidParameter } from '../../../shared/broken-rule.ts';
import type { PlacementConstraint } from '../../state/task-definition/placement-rules.ts';

/** StartTask has neither: whoever calls it has chosen the instances. */
type PlacementInput = Pick<
  ecs.RunTaskRequest,
  'taskDefinition' | 'placementConstraints' | 'placementStrategy'
>;

export interface RequestedPlacement {
  readonly constraints: readonly Constraint[];
  readonly strategies: readonly Strategy[];
  /** The constraints as they are stored, for whoever asks later; absent where there are none. */
  readonly placementConstraints?: readonly PlacementConstraint[];
}

/** Throws InvalidParameterException for what ECS refuses; that of an expression names the position in it. */
export function requestedPlacement(
  input: PlacementInput,
  definition: Pick<TaskDefinition, 'placementConstraints'>,
): RequestedPlacement {
  const { placementConstraints = [], placementStrategy = [] } = input;
  return asInvalidParameter(() => {
    const checked = checkConstraints(placementConstraints, definition.placementConstraints.length);
    return {
      constraints: compileConstraints(checked),
      strategies: compileStrategies(checkStrategies(placementStrategy)),
      ...(checked.length > 0 && { placementConstraints: checked }),
    };
  });
}
