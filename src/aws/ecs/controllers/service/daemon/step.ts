// One step of a DAEMON service: its tasks as its scheduler plans them, and its desiredCount by its instances.
import { circuitBreakerThreshold } from '../../../state/service/deployment-configuration.ts';
import type { Service } from '../../../state/service/service.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import { services } from '../../../state/service/services.ts';
import { say, type ServiceContext } from '../context.ts';
import { daemon, type DaemonPlan } from '../../../scheduler/service/daemon/scheduler.ts';
import type { Scheduler } from '../../../scheduler/service/scheduler.ts';
import { stepDeployments } from '../deployments.ts';
import { heldBack } from '../messages.ts';

/** One step of a DAEMON service, whose desiredCount follows its instances; answers when (epoch ms) to look again. */
export function stepDaemons(
  tx: WriteTransaction,
  service: Service,
  context: ServiceContext,
): number | undefined {
  let planned: DaemonPlan | undefined;
  const noted: Scheduler = (...asked) => (planned = daemon(...asked));
  const next = stepDeployments(tx, service, noted, context);
  const after = tx.table(services).get(service.arn);
  if (!planned || after?.status !== 'ACTIVE') return next;
  if (planned.isHeldBack) say(tx, context, after, heldBack(after.name));
  if (planned.desiredCount !== after.desiredCount) count(tx, after, planned.desiredCount);
  return next;
}

/** A deployment begins before anybody has counted the instances: what its circuit breaker allows follows too. */
function count(tx: WriteTransaction, service: Service, desiredCount: number): void {
  tx.table(services).put({ ...service, desiredCount });
  const table = tx.table(serviceDeployments);
  const [current] = table.by('arn', service.currentServiceDeploymentArn ?? '');
  if (current?.circuitBreaker.status !== 'MONITORING') return;
  const breaker = current.deploymentConfiguration.deploymentCircuitBreaker;
  // One that somebody set otherwise than by the count stays.
  if (current.circuitBreaker.threshold !== circuitBreakerThreshold(breaker, service.desiredCount)) return;
  const threshold = circuitBreakerThreshold(breaker, desiredCount);
  table.put({ ...current, circuitBreaker: { ...current.circuitBreaker, threshold } });
}
