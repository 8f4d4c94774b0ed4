// UpdateService: changes what is wanted; a new task definition or forceNewDeployment begins a new deployment.
import type { UpdateServiceRequest } from '../../shapes.generated.ts';
import type { Random } from '../../../../lib/random.ts';
import type { Service } from '../../state/service/service.ts';
import {
  containerImages,
  type ContainerImage,
  type ServiceRevision,
} from '../../state/service/deployment/service-revision.ts';
import type { TaskDefinition } from '../../state/task-definition/task-definition.ts';
import { computedDesiredCount } from '../../state/service/task-set/task-set.ts';
import { startDeployment } from '../../state/service/deployment/start-deployment.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { serviceRevisions } from '../../state/service/deployment/service-revisions.ts';
import { services } from '../../state/service/services.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import type { Call } from '../../../../wire/api.ts';
import type { Ecs, EcsOperation } from '../../ecs.ts';
import { presentService } from '../../present/service.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { activeServiceIn } from '../resolve/service.ts';
import { findTaskDefinition, runnableTaskDefinition } from '../resolve/task-definition.ts';
import { changedService } from './changed-service.ts';
import { refuseUnrunnable } from './checked-definition.ts';
import { checkConnections } from './connections.ts';
import { featuresOfUpdate } from './unsupported.ts';
import { refuseUpdate } from './update-request.ts';
import { refusePlatformVersion } from '../task/compute.ts';
import { refuseUsed } from '../task-definition/undeliverable.ts';

export const updateService: EcsOperation<'UpdateService'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const service = changeService(tx, ecs, input, call);
    return { service: presentService(tx, service, true) };
  });

/** Stores the changed service, with a new deployment where the change begins one; throws what ECS answers. */
export function changeService(
  tx: WriteTransaction,
  ecs: Pick<Ecs, 'random' | 'hookRefusal'>,
  input: UpdateServiceRequest,
  call: Call,
): Service {
  const cluster = activeCluster(tx, call, input.cluster);
  const service = activeServiceIn(tx, cluster, input.service ?? '');
  refuseUpdate(input, service);
  const revision = tx.table(serviceRevisions).get(service.revisionArn ?? '');
  const definition = definitionToRun(tx, call, input, revision);
  checkConnections(input, definition);
  const changed = changedService(tx, cluster, service, input, definition?.placementConstraints.length ?? 0);
  refuseUsed(featuresOfUpdate(ecs, input, changed), definition);
  refusePlatformVersion(input.platformVersion);
  const launchType = input.taskDefinition ? service.launchType : undefined;
  if (definition) refuseUnrunnable(definition, launchType, input.networkConfiguration);
  if (revision) {
    const isForced = input.forceNewDeployment ?? false;
    return deploy(tx, ecs.random, changed, { revision, definition, isForced, now: call.now });
  }
  followAllocation(tx, service, changed, call.now);
  return tx.table(services).put(changed);
}

/** The definition that is asked for, else the one that the service runs, if it is still there. */
const definitionToRun = (
  tx: ReadTransaction,
  call: Call,
  { taskDefinition }: UpdateServiceRequest,
  revision: ServiceRevision | undefined,
): TaskDefinition | undefined =>
  taskDefinition
    ? runnableTaskDefinition(tx, call, taskDefinition)
    : revision && findTaskDefinition(tx, call, revision.taskDefinitionArn);

interface Redeployment {
  /** What the service runs, and the definition that it is to run, if that is still there. */
  readonly revision: ServiceRevision;
  readonly definition: TaskDefinition | undefined;
  /** A new deployment is asked for though nothing else may be. */
  readonly isForced: boolean;
  readonly now: number;
}

function deploy(
  tx: WriteTransaction,
  random: Random,
  service: Service,
  { revision, definition, isForced, now }: Redeployment,
): Service {
  const taskDefinitionArn = definition?.arn ?? revision.taskDefinitionArn;
  if (!isForced && taskDefinitionArn === revision.taskDefinitionArn) {
    followDesiredCount(tx, service, now);
    return tx.table(services).put(service);
  }
  const workload = {
    taskDefinitionArn,
    launchType: service.launchType,
    capacityProviderStrategy: service.capacityProviderStrategy,
    containerImages: definition ? containerImages(definition) : unresolved(revision.containerImages),
  };
  return startDeployment(tx, random, service, workload, now);
}

/** A new deployment looks its images' digests up again. */
const unresolved = (images: readonly ContainerImage[]): ContainerImage[] =>
  images.map(({ containerName, image }) => ({ containerName, image }));

/** The only deployment, and one that its controller has begun with, is to have all tasks; one beside others is not until then. */
function followDesiredCount(tx: WriteTransaction, service: Service, now: number): void {
  const table = tx.table(deployments);
  const [primary] = table.by('primary', { serviceArn: service.arn });
  if (!primary || primary.desiredCount === service.desiredCount) return;
  if (primary.desiredCount === 0 && table.count('listed', { serviceArn: service.arn }) > 1) return;
  table.put({ ...primary, desiredCount: service.desiredCount, updatedAt: now });
}

/** A task set whose share is another one is steady no more. */
function followAllocation(
  tx: WriteTransaction,
  before: Service,
  { arn, desiredCount }: Service,
  now: number,
): void {
  const table = tx.table(taskSets);
  for (const taskSet of [...table.by('service', { serviceArn: arn })]) {
    const { scale } = taskSet;
    if (computedDesiredCount(scale, before.desiredCount) !== computedDesiredCount(scale, desiredCount))
      table.put({ ...taskSet, stabilityStatus: 'STABILIZING', stabilityStatusAt: now });
  }
}
