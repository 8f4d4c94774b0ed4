// Keeps services: as many tasks as they want, of the deployment that is PRIMARY, within their percents.
import type { Service } from '../../state/service/service.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { services } from '../../state/service/services.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../loop.ts';
import type { ServiceContext, ServiceControllerOptions } from './context.ts';
import { stepDaemons } from './daemon/step.ts';
import { stepDeployments } from './deployments.ts';
import { giveUpLost } from './give-up.ts';
import { Pace } from './pace.ts';
import { rolling } from '../../scheduler/service/rolling/scheduler.ts';
import { stagedDeployment } from '../../scheduler/service/staged/staged-deployment.ts';
import { stepStaged } from './staged/step.ts';
import { stepTaskSets } from './task-sets/step.ts';
import { watchServices } from './watch-services.ts';

/** Its keys are the ARNs of services. */
export function serviceController(options: ServiceControllerOptions): Controller {
  const pace = new Pace();
  return {
    name: 'service',
    watch: (store, enqueue) => watchServices(store, enqueue),
    allKeys: (store) =>
      store.view((tx) => [...tx.table(services).all()].filter(isLive).map((service) => service.arn)),
    sync: (arn, store, now) => {
      const later = pace.notBefore(
        arn,
        store.view((tx) => thingsOf(tx, arn)),
        now,
      );
      if (later !== undefined) return later;
      const next = store.update((tx) => syncService(tx, arn, { ...options, now }));
      if (next === now) pace.goesOn(arn);
      return next;
    },
  };
}

/** How much a step of the service looks at. */
function thingsOf(tx: ReadTransaction, arn: string): number {
  const service = tx.table(services).get(arn);
  const count = tx.table(tasks).count('serviceLive', arn);
  if (service?.schedulingStrategy !== 'DAEMON') return count;
  return count + tx.table(containerInstances).count('clusterStatus', `${service.clusterArn}/ACTIVE`);
}

const isLive = ({ status }: Service): boolean => status !== 'INACTIVE';

/** One step of a service; answers when, epoch ms, to look again though nothing changed. */
function syncService(tx: WriteTransaction, arn: string, context: ServiceContext): number | undefined {
  const service = tx.table(services).get(arn);
  if (!service || !isLive(service)) return undefined;
  const changesAt = step(tx, service, context);
  const goesOn = giveUpLost(tx, tx.table(services).get(arn)!, context);
  return goesOn ? context.now : changesAt;
}

function step(tx: WriteTransaction, service: Service, context: ServiceContext): number | undefined {
  if (service.deploymentController === 'EXTERNAL') return stepTaskSets(tx, service, context);
  if (service.schedulingStrategy === 'DAEMON') return stepDaemons(tx, service, context);
  const staged = stagedDeployment(tx, service);
  return staged ? stepStaged(tx, service, staged, context) : stepDeployments(tx, service, rolling, context);
}
