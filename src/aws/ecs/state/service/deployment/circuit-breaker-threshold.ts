// When the deployment circuit breaker opens.
import type { DeploymentCircuitBreaker } from '../deployment-configuration.ts';

/** How many failed tasks end a deployment of `desiredCount` tasks. */
export function circuitBreakerThreshold(breaker: DeploymentCircuitBreaker, desiredCount: number): number {
  const { type, value } = breaker.thresholdConfiguration ?? { type: 'BOUNDED_PERCENT', value: 50 };
  if (type === 'COUNT') return value;
  const share = Math.ceil((desiredCount * value) / 100);
  return type === 'BOUNDED_PERCENT' ? Math.min(Math.max(share, 3), 200) : Math.max(share, 1);
}
