// Where tags ask for it, tasks that end too soon count as failures of the deployment in progress: until then none of it counts as healthy. Pure.
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import type { ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';

/** Ms, of a deployment in progress whose circuit breaker counts early exits; `rollout` is the service deployment that it is part of. */
export function earlyExitOf(
  { rolloutState }: Pick<Deployment, 'rolloutState'>,
  rollout: Pick<ServiceDeployment, 'circuitBreaker' | 'breakerTags'> | undefined,
): number | undefined {
  if (rolloutState !== 'IN_PROGRESS' || rollout?.circuitBreaker.status === 'DISABLED') return undefined;
  return rollout?.breakerTags?.earlyExit;
}

/** While early exits count, a task without health checks is healthy only once it cannot exit early any more: ms from its start. */
export const healthyAfterOf = (
  deployment: Pick<Deployment, 'rolloutState'> | undefined,
  rollout: Pick<ServiceDeployment, 'circuitBreaker' | 'breakerTags'> | undefined,
  healthyAfter: number,
): number => Math.max(healthyAfter, (deployment && earlyExitOf(deployment, rollout)) ?? 0);
