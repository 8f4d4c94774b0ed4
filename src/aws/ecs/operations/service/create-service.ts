// CreateService: records what a cluster is to keep running; the service's controller starts the tasks.
import type { Service } from '../../state/service/service.ts';
import { containerImages } from '../../state/service/deployment/service-revision.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { startDeployment } from '../../state/service/deployment/start-deployment.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { serviceEvents } from '../../state/service/service-events.ts';
import { services } from '../../state/service/services.ts';
import type { Ecs, EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentService } from '../../present/service.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { runnableTaskDefinition } from '../resolve/task-definition.ts';
import { newCompute, taskSetCompute } from './compute.ts';
import { refuseUnrunnable } from './checked-definition.ts';
import { checkConnections } from './connections.ts';
import { checkedCreateRequest } from './create-request.ts';
import { existingService } from './existing-service.ts';
import { newService } from './new-service.ts';
import { featuresOfCreate } from './unsupported.ts';
import { refusePlatformVersion } from '../task/compute.ts';
import { refuseUsed } from '../task-definition/undeliverable.ts';

/** ECS's quota. */
const maxServicesOfCluster = 5000;

export const createService: EcsOperation<'CreateService'> = (ecs, input, call) => {
  const request = checkedCreateRequest(input);
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const definition =
      request.deploymentController === 'ECS'
        ? runnableTaskDefinition(tx, call, input.taskDefinition ?? '')
        : undefined;
    const compute = definition ? newCompute(tx, cluster, input) : taskSetCompute(input);
    checkConnections(input, definition);
    const asked = newService({
      input,
      request,
      cluster,
      definition,
      compute,
      createdBy: call.principalArn,
      now: call.now,
    });
    refuseUsed(featuresOfCreate(ecs, input, compute), definition);
    refusePlatformVersion(input.platformVersion);
    if (definition) refuseUnrunnable(definition, compute.launchType, input.networkConfiguration);
    const service = existingService(tx, asked) ?? create(ecs, tx, asked, definition);
    return { service: presentService(tx, service, true) };
  });
};

function create(
  ecs: Ecs,
  tx: WriteTransaction,
  asked: Unversioned<Service>,
  definition: TaskDefinition | undefined,
): Service {
  refuseTooMany(tx, asked);
  const { lastDeploymentNumber = 0 } = tx.table(services).get(asked.arn) ?? {};
  forgetEvents(tx, asked.arn);
  const service = { ...asked, lastDeploymentNumber };
  if (!definition) return tx.table(services).put(service);
  const workload = {
    taskDefinitionArn: definition.arn,
    launchType: asked.launchType,
    capacityProviderStrategy: asked.capacityProviderStrategy,
    containerImages: containerImages(definition),
  };
  return startDeployment(tx, ecs.random, service, workload, asked.createdAt);
}

function refuseTooMany(tx: ReadTransaction, { clusterArn }: Unversioned<Service>): void {
  if (tx.table(services).count('clusterStatus', { clusterArn, status: 'ACTIVE' }) < maxServicesOfCluster)
    return;
  throw invalidParameter(`A cluster can have a maximum of ${maxServicesOfCluster} services.`);
}

/** Those of an earlier service of the name. */
function forgetEvents(tx: WriteTransaction, serviceArn: string): void {
  const table = tx.table(serviceEvents);
  for (const event of [...table.by('service', { serviceArn })]) table.delete(serviceEvents.key(event));
}
