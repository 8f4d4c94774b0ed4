import type * as ecs from '../../shapes.generated.ts';
import type { DeploymentCircuitBreaker } from '../../state/service/deployment-configuration.ts';
import { invalidParameter } from '../../errors.ts';

/** The circuit breaker as it is stored; throws InvalidParameterException for a threshold out of range. */
export function checkedCircuitBreaker(input: ecs.DeploymentCircuitBreaker): DeploymentCircuitBreaker {
  const { enable, rollback, resetOnHealthyTask, thresholdConfiguration } = input;
  return {
    enable: enable ?? false,
    rollback: rollback ?? false,
    ...(resetOnHealthyTask === undefined ? {} : { resetOnHealthyTask }),
    ...(thresholdConfiguration === undefined
      ? {}
      : { thresholdConfiguration: checkedThreshold(thresholdConfiguration) }),
  };
}

function checkedThreshold(
  input: ecs.ThresholdConfiguration,
): NonNullable<DeploymentCircuitBreaker['thresholdConfiguration']> {
  const { type, value } = input;
  if (value < 1) throw invalidParameter('thresholdConfiguration.value should be 1 or greater.');
  if (type === 'BOUNDED_PERCENT' && value > 100) {
    throw invalidParameter(
      'thresholdConfiguration.value should be between 1 and 100 for the type BOUNDED_PERCENT.',
    );
  }
  return { type, value };
}
