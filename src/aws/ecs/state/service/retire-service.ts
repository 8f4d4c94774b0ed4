// The end of a deleted service: once its last task is gone it is INACTIVE and has neither deployments nor task sets.
import type { Service } from './service.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import { deployments } from './deployment/deployments.ts';
import { services } from './services.ts';
import { taskSets } from './task-set/task-sets.ts';
import { tasks } from '../task/tasks.ts';

/** Makes a service that is being deleted INACTIVE, at `now` (epoch ms), if none of its tasks is left; answers it as it is then. */
export function retireService(tx: WriteTransaction, service: Service, now: number): Service {
  if (tx.table(tasks).count('serviceLive', { serviceArn: service.arn }) > 0) return service;
  const gone = tx.table(deployments);
  for (const deployment of [...gone.by('service', { serviceArn: service.arn })])
    gone.delete(deployments.key(deployment));
  const sets = tx.table(taskSets);
  for (const taskSet of [...sets.by('service', { serviceArn: service.arn })]) sets.delete(taskSet.arn);
  return tx.table(services).put({ ...service, status: 'INACTIVE', inactiveAt: now, tags: [] });
}
