// Keeps services: as many tasks as they want, of the deployment that is PRIMARY, within their percents.
import type { Service } from '../../model/service.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { services } from '../../store/tables/services.ts';
import type { Controller } from '../loop.ts';
import type { ServiceContext, ServiceControllerOptions } from './context.ts';
import { stepDeployments } from './deployments.ts';
import { giveUpLost } from './give-up.ts';
import { rolling } from './rolling/scheduler.ts';
import { watchServices } from './watch-services.ts';

/** Its keys are the ARNs of services. */
export const serviceController = (options: ServiceControllerOptions): Controller => ({
  name: 'service',
  watch: (store, enqueue) => watchServices(store, enqueue),
  allKeys: (store) =>
    store.view((tx) => [...tx.table(services).all()].filter(isLive).map((service) => service.arn)),
  sync: (arn, store, now) => store.update((tx) => syncService(tx, arn, { ...options, now })),
});

const isLive = ({ status }: Service): boolean => status !== 'INACTIVE';

/** One step of a service; answers when, epoch ms, to look again though nothing changed. */
function syncService(tx: WriteTransaction, arn: string, context: ServiceContext): number | undefined {
  const service = tx.table(services).get(arn);
  if (!service || !isLive(service)) return undefined;
  if (service.deploymentController !== 'ECS' || service.schedulingStrategy !== 'REPLICA') return undefined;
  if (service.deploymentConfiguration.strategy !== 'ROLLING') return undefined;
  const changesAt = stepDeployments(tx, service, rolling, context);
  giveUpLost(tx, tx.table(services).get(arn)!, context);
  return changesAt;
}
