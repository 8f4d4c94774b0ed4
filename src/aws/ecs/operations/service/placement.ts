// A service's placement constraints and strategy, as ECS refuses them.
import type * as ecs from '@aws-sdk/client-ecs';
import type { Service } from '../../state/service/service.ts';
import { checkConstraints, checkStrategies, PlacementRuleError } from '../../scheduler/placement/rules.ts';
import type { Input } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import type { PlacementConstraint, PlacementStrategy } from '../../state/task-definition/placement-rules.ts';

/**
 * The constraints as they are stored; `others` is how many the task definition has, which count too. Throws
 * InvalidParameterException for what ECS refuses.
 */
export const checkedConstraints = (
  given: Input<ecs.PlacementConstraint[]>,
  others: number,
): PlacementConstraint[] => asParameter(() => checkConstraints(given, others));

/** The strategy as it is stored; throws InvalidParameterException for what ECS refuses. */
export function checkedPlacementStrategy(
  given: Input<ecs.PlacementStrategy[]>,
  schedulingStrategy: Service['schedulingStrategy'],
): PlacementStrategy[] {
  if (given.length > 0 && schedulingStrategy === 'DAEMON') {
    throw invalidParameter(
      'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
    );
  }
  return asParameter(() => checkStrategies(given));
}

function asParameter<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof PlacementRuleError ? invalidParameter(error.message) : error;
  }
}
