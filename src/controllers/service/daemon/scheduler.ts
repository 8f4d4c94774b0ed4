// The scheduler of DAEMON services: one task on every container instance that is what they ask for.
import type { Deployment } from '../../../model/deployment.ts';
import { circuitBreakerThreshold } from '../../../model/deployment-configuration.ts';
import type { Service } from '../../../model/service.ts';
import type { WriteTransaction } from '../../../store/store.ts';
import { serviceDeployments } from '../../../store/tables/service-deployments.ts';
import { services } from '../../../store/tables/services.ts';
import { say, type ServiceContext } from '../context.ts';
import { stepDeployments, type Scheduler } from '../deployments.ts';
import { heldBack } from '../messages.ts';
import type { ServicePlan } from '../plan.ts';
import { look } from './look.ts';
import { reconcile, type DaemonMoves, type DaemonView } from './reconcile.ts';

/** One step of a DAEMON service, whose desiredCount follows its instances; answers when (epoch ms) to look again. */
export function stepDaemons(
  tx: WriteTransaction,
  service: Service,
  context: ServiceContext,
): number | undefined {
  let planned: DaemonPlan | undefined;
  const daemon: Scheduler = (read, current, primary) =>
    (planned = plan(look(read, current, primary, context), primary));
  const next = stepDeployments(tx, service, daemon, context);
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

interface DaemonPlan extends ServicePlan {
  /** On some instance its tasks have failed so often that it waits before the next. */
  readonly isHeldBack: boolean;
}

function plan({ view, desiredCount, changesAt }: ReturnType<typeof look>, { id }: Deployment): DaemonPlan {
  const moves = reconcile(view);
  const { start, stop, isStuck } = moves;
  return {
    start: start.length === 0 ? [] : [{ deploymentId: id, count: start.length, instances: start }],
    stop,
    isStuck,
    desiredCount,
    isSettled: isSettled(view, moves),
    isHeldBack: view.places.some((place) => place.isHeldBack),
    changesAt: changesAt.length === 0 ? undefined : Math.min(...changesAt),
  };
}

/** A current task that waits on a DRAINING instance for the others to go is no reason to wait. */
const isSettled = ({ places }: DaemonView, { start, stop }: DaemonMoves): boolean =>
  start.length === 0 &&
  stop.length === 0 &&
  places.every(({ tasks }) => tasks.every(({ isCurrent }) => isCurrent)) &&
  places
    .filter(({ isWanted }) => isWanted)
    .every(({ tasks }) => tasks.length > 0 && tasks.every(({ isHealthy }) => isHealthy));
