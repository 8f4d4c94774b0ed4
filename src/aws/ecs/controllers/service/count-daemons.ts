// The desiredCount of a DAEMON service follows its instances, and so does what its circuit breaker allows.
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { Service } from '../../state/service/service.ts';
import { services } from '../../state/service/services.ts';
import type { DeploymentPlan } from '../../scheduler/service/plan.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { recordEventUnlessRepeated, type ServiceContext } from './context.ts';
import { launchBackoff } from './messages.ts';
import { circuitBreakerThreshold } from '../../state/service/deployment/circuit-breaker-threshold.ts';

export function countDaemons(
  tx: WriteTransaction,
  service: Service,
  { isBackingOff, desiredCount }: DeploymentPlan,
  context: ServiceContext,
): void {
  if (service.status !== 'ACTIVE') return;
  if (isBackingOff) recordEventUnlessRepeated(tx, context, service, launchBackoff(service.name));
  if (desiredCount !== service.desiredCount) count(tx, service, desiredCount);
}

/** A deployment begins before anybody has counted the instances: what its circuit breaker allows follows too. */
function count(tx: WriteTransaction, service: Service, desiredCount: number): void {
  tx.table(services).put({ ...service, desiredCount });
  const table = tx.table(serviceDeployments);
  const [current] = table.by('arn', { arn: service.currentServiceDeploymentArn ?? '' });
  if (current?.circuitBreaker.status !== 'MONITORING') return;
  const breaker = current.deploymentConfiguration.deploymentCircuitBreaker;
  // One that somebody set otherwise than by the count stays.
  if (current.circuitBreaker.threshold !== circuitBreakerThreshold(breaker, service.desiredCount)) return;
  const threshold = circuitBreakerThreshold(breaker, desiredCount);
  table.put({ ...current, circuitBreaker: { ...current.circuitBreaker, threshold } });
}
