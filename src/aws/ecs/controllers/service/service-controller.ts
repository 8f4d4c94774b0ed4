// Keeps services: as many tasks as they want, of the deployment that is PRIMARY, within their percents.
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { services } from '../../state/service/services.ts';
import { tasks } from '../../state/task/tasks.ts';
import { uuid } from '../../../../lib/ids.ts';
import { earliest, maxStops } from '../../scheduler/service/plan.ts';
import { planService } from '../../scheduler/service/plan-service.ts';
import { nextChange } from '../../scheduler/service/rollout/next-change.ts';
import { viewOf } from '../../scheduler/service/view/view-of.ts';
import type { Controller } from '../../../shared/loop.ts';
import { applyPlan } from './apply-plan.ts';
import type { ServiceContext, ServiceControllerOptions } from './context.ts';
import { countStoppedTasks } from './count-stopped-tasks.ts';
import { ReconcileThrottle } from './reconcile-throttle.ts';
import { applyChange } from './rollout.ts';
import { watchServices } from './watch-services.ts';

/** Its keys are the ARNs of services. */
export function serviceController(options: ServiceControllerOptions): Controller {
  const throttle = new ReconcileThrottle();
  return {
    name: 'service',
    watch: (store, enqueue) => watchServices(store, enqueue),
    allKeys: (store) =>
      store.view((tx) => [...tx.table(services).all()].filter(isLive).map((service) => service.arn)),
    sync: (arn, store, now) => {
      const later = throttle.notBefore(
        arn,
        store.view((tx) => viewSize(tx, arn)),
        now,
      );
      if (later !== undefined) return later;
      const next = store.update((tx) => syncService(tx, arn, { ...options, now }));
      if (next === now) throttle.goesOn(arn);
      return next;
    },
  };
}

/** How much a step of the service looks at. */
function viewSize(tx: ReadTransaction, arn: string): number {
  const service = tx.table(services).get(arn);
  const count = tx.table(tasks).count('serviceLive', { serviceArn: arn });
  if (service?.schedulingStrategy !== 'DAEMON') return count;
  return (
    count +
    tx.table(containerInstances).count('clusterStatus', { clusterArn: service.clusterArn, status: 'ACTIVE' })
  );
}

const isLive = ({ status }: Service): boolean => status !== 'INACTIVE';

/**
 * One step of a service: what ended is counted; then it is looked at once, decided on once, and that is done. Answers when, epoch ms,
 * to look again though nothing changed.
 */
function syncService(tx: WriteTransaction, arn: string, context: ServiceContext): number | undefined {
  const service = tx.table(services).get(arn);
  if (!service || !isLive(service)) return undefined;
  if (countStoppedTasks(tx, service, context)) return context.now;
  const view = viewOf(tx, service, { ...context, maxStops });
  const { change, wakeAt } = nextChange(view, () => uuid(context.random));
  if (!change) return earliest(wakeAt, applyPlan(tx, view, planService(view), context));
  applyChange(tx, service, change, context);
  return context.now;
}
