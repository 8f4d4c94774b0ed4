// Placement constraints and strategies as RunTask gives them, ready for placement.
import type * as ecs from '@aws-sdk/client-ecs';
import type { PlacementConstraint } from '../../../model/service.ts';
import type { TaskDefinition } from '../../../model/task-definition.ts';
import { compileConstraints, compileStrategies } from '../../../placement/compile.ts';
import type { Constraint, Strategy } from '../../../placement/filter.ts';
import { checkConstraints, checkStrategies } from '../../../placement/rules.ts';
import { asInvalidParameter } from '../../as-invalid-parameter.ts';
import type { Input } from '../ecs.ts';

/** StartTask has neither: whoever calls it has chosen the instances. */
type Given = Input<Pick<ecs.RunTaskRequest, 'taskDefinition' | 'placementConstraints' | 'placementStrategy'>>;

export interface RequestedPlacement {
  readonly constraints: readonly Constraint[];
  readonly strategies: readonly Strategy[];
  /** The constraints as they are stored, for whoever asks later; absent where there are none. */
  readonly placementConstraints?: readonly PlacementConstraint[];
}

/** Throws InvalidParameterException for what ECS refuses; that of an expression names the position in it. */
export function requestedPlacement(
  given: Given,
  definition: Pick<TaskDefinition, 'placementConstraints'>,
): RequestedPlacement {
  const { placementConstraints = [], placementStrategy = [] } = given;
  return asInvalidParameter(() => {
    const checked = checkConstraints(placementConstraints, definition.placementConstraints.length);
    return {
      constraints: compileConstraints(checked),
      strategies: compileStrategies(checkStrategies(placementStrategy)),
      ...(checked.length > 0 && { placementConstraints: checked }),
    };
  });
}
