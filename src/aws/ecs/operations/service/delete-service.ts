// DeleteService: nothing more is wanted of the service; with tasks left it is DRAINING until they are gone.
import type { Deployment } from '../../state/service/deployment/deployment.ts';
import type { Service } from '../../state/service/service.ts';
import { retireService } from '../../state/service/retire-service.ts';
import { stopServiceDeployments } from '../../state/service/deployment/stop-service-deployments.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { services } from '../../state/service/services.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter, serviceNotFound } from '../../errors.ts';
import { presentService } from '../../present/service.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { serviceIn } from '../resolve/service.ts';

export const deleteService: EcsOperation<'DeleteService'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = serviceIn(tx, cluster, input.service ?? '');
    if (service.status === 'INACTIVE') throw serviceNotFound();
    if (service.status === 'DRAINING') return { service: presentService(tx, service, true) };
    if (!input.force) refuseInUse(tx, service);
    return { service: presentService(tx, drain(tx, service, call.now), true) };
  });

function refuseInUse(tx: ReadTransaction, service: Service): void {
  if (service.schedulingStrategy === 'REPLICA' && service.desiredCount > 0)
    throw invalidParameter('The service cannot be stopped while it is scaled above 0.');
  const besidePrimary =
    hasOlderDeployments(tx, service) || tx.table(taskSets).count('service', { serviceArn: service.arn }) > 0;
  if (besidePrimary) throw invalidParameter('The service cannot be stopped while deployments are active.');
}

/** One without tasks that is only kept since the PRIMARY has FAILED is in nobody's way. */
function hasOlderDeployments(tx: ReadTransaction, { arn }: Service): boolean {
  const listed = [...tx.table(deployments).by('listed', { serviceArn: arn })];
  const hasFailed = listed.some(
    ({ status, rolloutState }) => status === 'PRIMARY' && rolloutState === 'FAILED',
  );
  const isInUse = ({ id, status }: Deployment): boolean =>
    status === 'ACTIVE' && (!hasFailed || tx.table(tasks).count('deploymentLive', { deploymentId: id }) > 0);
  return listed.some(isInUse);
}

function drain(tx: WriteTransaction, service: Service, now: number): Service {
  stopServiceDeployments(tx, service.arn, 'The service was deleted.', now);
  const table = tx.table(deployments);
  for (const deployment of [...table.by('listed', { serviceArn: service.arn })])
    table.put({ ...deployment, desiredCount: 0, updatedAt: now });
  const sets = tx.table(taskSets);
  for (const taskSet of [...sets.by('service', { serviceArn: service.arn })])
    sets.put({ ...taskSet, status: 'DRAINING', scale: 0, updatedAt: now });
  const draining = tx.table(services).put({ ...service, status: 'DRAINING', desiredCount: 0 });
  return retireService(tx, draining, now);
}
