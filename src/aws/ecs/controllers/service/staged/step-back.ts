// The way back to blue: the traffic that is still to leave green, and the end where blue cannot be brought back either.
import type { ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { Service } from '../../../state/service/service.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import type { ServiceContext } from '../context.ts';
import { failuresOf } from '../rollout.ts';
import { wantedTasks } from '../../../scheduler/service/task-view.ts';
import { healthyOf } from '../../../scheduler/service/staged/fleets.ts';
import type { StagedDeployment } from '../../../scheduler/service/staged/staged-deployment.ts';

/** The traffic is asked after again this soon, ms, as long as it does not flow as it should. */
const askTrafficAfter = 1000;

/** Answers when, epoch ms, to look again though nothing changed. */
export function stepBack(
  tx: WriteTransaction,
  service: Service,
  { record, blue }: StagedDeployment,
  context: ServiceContext,
): number | undefined {
  const { staged: progress } = record;
  if (record.status !== 'ROLLBACK_IN_PROGRESS' || !blue || !progress) return undefined;
  const { now } = context;
  const { status, threshold } = record.circuitBreaker;
  if (status !== 'DISABLED' && failuresOf(blue) >= threshold) {
    put(tx, record, now, { status: 'ROLLBACK_FAILED', stoppedAt: now, finishedAt: now });
    return now;
  }
  const { tasks } = wantedTasks(tx, service, context);
  if (progress.productionWeight > 0 && healthyOf(tasks, blue.id) >= service.desiredCount) {
    put(tx, record, now, { staged: { ...progress, productionWeight: 0 } });
    return now;
  }
  return context.router.holds(tx, service, progress) ? undefined : now + askTrafficAfter;
}

const put = (
  tx: WriteTransaction,
  record: ServiceDeployment,
  now: number,
  fields: Partial<ServiceDeployment>,
): unknown => tx.table(serviceDeployments).put({ ...record, ...fields, updatedAt: now });
