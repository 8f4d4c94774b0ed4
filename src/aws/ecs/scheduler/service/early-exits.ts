// Where tags ask for it, tasks that end too soon count as failures of the deployment in progress: until then none of it counts as healthy.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { DecisionContext } from './scheduler.ts';

/** While early exits count, a task without health checks is healthy only once it cannot exit early any more. */
export function withEarlyExits<Context extends DecisionContext>(
  tx: ReadTransaction,
  primary: Deployment,
  context: Context,
): Context {
  const within = earlyExitOf(tx, primary) ?? 0;
  return within <= context.healthyAfter ? context : { ...context, healthyAfter: within };
}

/** Ms, of a deployment in progress whose circuit breaker counts early exits. */
export function earlyExitOf(tx: ReadTransaction, primary: Deployment): number | undefined {
  if (primary.rolloutState !== 'IN_PROGRESS') return undefined;
  const [found] = tx.table(serviceDeployments).by('arn', primary.serviceDeploymentArn);
  return found?.circuitBreaker.status === 'DISABLED' ? undefined : found?.breakerTags?.earlyExit;
}
