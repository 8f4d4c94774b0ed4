// A service's placement constraints and strategy, as ECS refuses them.
import type * as ecs from '../../shapes.generated.ts';
import type { Service } from '../../state/service/service.ts';
import { asInvalidParameter } from '../../../shared/broken-rule.ts';
import { checkConstraints, checkStrategies } from '../../scheduler/placement/rules.ts';
import { invalidParameter } from '../../errors.ts';
import type { PlacementConstraint, PlacementStrategy } from '../../state/task-definition/placement-rules.ts';

/**
 * The constraints as they are stored; `others` is how many the task definition has, which count too. Throws
 * InvalidParameterException for what ECS refuses.
 */
export const checkedConstraints = (
  input: readonly ecs.PlacementConstraint[],
  others: number,
): PlacementConstraint[] => asInvalidParameter(() => checkConstraints(input, others));

/** The strategy as it is stored; throws InvalidParameterException for what ECS refuses. */
export function checkedPlacementStrategy(
  input: readonly ecs.PlacementStrategy[],
  schedulingStrategy: Service['schedulingStrategy'],
): PlacementStrategy[] {
  if (input.length > 0 && schedulingStrategy === 'DAEMON') {
    throw invalidParameter(
      'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
    );
  }
  return asInvalidParameter(() => checkStrategies(input));
}
