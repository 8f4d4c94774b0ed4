// Begins a service's next deployment, forward or back: the PRIMARY that replaces all others, and the service deployment that tells of it.
import { base64UrlId, decimalId } from '../../../../../lib/ids.ts';
import type { Random } from '../../../../../lib/random.ts';
import { serviceDeploymentArn, serviceRevisionArn } from '../../arn.ts';
import { breakerTags } from './breaker-tags.ts';
import { inProgress, newDeployment, type Deployment } from './deployment.ts';
import { withoutFailures } from './deployment-scheduling.ts';
import type { RollbackTarget } from './rollback-target.ts';
import { newServiceDeployment, type ServiceDeployment, type StagedProgress } from './service-deployment.ts';
import { tasks } from '../../task/tasks.ts';
import type { Service } from '../service.ts';
import type { ContainerImage, ServiceRevision, Workload } from './service-revision.ts';
import type { WriteTransaction } from '../../../../../store/store.ts';
import type { Unversioned } from '../../../../../store/table.ts';
import { clusters } from '../../cluster/clusters.ts';
import { deployments } from './deployments.ts';
import { serviceDeployments } from './service-deployments.ts';
import { serviceRevisions } from './service-revisions.ts';
import { services } from '../services.ts';
import { stopServiceDeployments } from './stop-service-deployments.ts';

/** A new workload of the service. */
export type NewWorkload = Workload & { readonly containerImages: readonly ContainerImage[] };

/** The way back of a service deployment that failed: it stays on record as what is rolled back. */
export interface Rollback {
  readonly of: ServiceDeployment;
  readonly to: RollbackTarget;
  readonly reason: string;
}

/**
 * Stores `service`, which may be new or changed, with the PRIMARY deployment that brings `target` up: a workload, by a revision and a
 * service deployment of its own, or what the service goes back to. Earlier deployments become ACTIVE; where a workload is brought up,
 * a service deployment that was under way is STOPPED. `now` is epoch ms.
 */
export function startDeployment(
  tx: WriteTransaction,
  random: Random,
  service: Unversioned<Service>,
  target: NewWorkload | Rollback,
  now: number,
): Service {
  const sourceRevisionArns = supersede(tx, service.arn, now);
  const begun =
    'of' in target
      ? beginRollback(tx, random, service, target, now)
      : beginWorkload(tx, random, { ...service, sourceRevisionArns }, target, now);
  const { primary, serviceDeployment } = begun;
  tx.table(deployments).put(primary);
  tx.table(serviceDeployments).put(serviceDeployment);
  return tx.table(services).put({
    ...service,
    revisionArn: primary.revisionArn,
    currentServiceDeploymentArn: serviceDeployment.arn,
    lastDeploymentNumber: Math.max(service.lastDeploymentNumber, primary.number),
  });
}

/** What begins, still to be stored. */
interface Begun {
  readonly primary: Unversioned<Deployment>;
  readonly serviceDeployment: Unversioned<ServiceDeployment>;
}

function beginWorkload(
  tx: WriteTransaction,
  random: Random,
  { sourceRevisionArns, ...service }: Unversioned<Service> & Pick<ServiceDeployment, 'sourceRevisionArns'>,
  workload: NewWorkload,
  now: number,
): Begun {
  stopServiceDeployments(tx, service.arn, 'A newer service deployment was started.', now);
  const number = service.lastDeploymentNumber + 1;
  const revision = tx.table(serviceRevisions).put(newRevision(random, service, workload, now));
  const id = `ecs-svc/${decimalId(random)}`;
  const serviceDeployment = newServiceDeployment(service, {
    arn: serviceDeploymentArn(service, service.clusterName, service.name, base64UrlId(random, 21)),
    number,
    deploymentId: id,
    sourceRevisionArns,
    targetRevisionArn: revision.arn,
    breakerTags: breakerTags(service.tags, tx.table(clusters).get(service.clusterArn)?.tags),
    now,
  });
  const begun = { id, number, serviceDeploymentArn: serviceDeployment.arn, now };
  const deployment = newDeployment(service, revision, begun);
  // The first is to have all tasks from the start; a later one gets them step by step from those before it.
  const isFirst = sourceRevisionArns.length === 0;
  const desiredCount = isFirst ? service.desiredCount : deployment.desiredCount;
  return { primary: { ...deployment, desiredCount }, serviceDeployment };
}

function beginRollback(
  tx: WriteTransaction,
  random: Random,
  service: Unversioned<Service>,
  { of, to, reason }: Rollback,
  now: number,
): Begun {
  const primary =
    to.kind === 'blue'
      ? blueAgain(to.blue, now)
      : rolledBack(tx, random, service, { of, revision: to.revision }, now);
  return {
    primary,
    serviceDeployment: {
      ...of,
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: reason,
      ...(to.kind === 'blue' && { staged: stagedBack(tx, service, of, to.blue) }),
      rollback: { reason, startedAt: now, revisionArn: primary.revisionArn, deploymentId: primary.id },
      updatedAt: now,
    },
  };
}

/** What was counted before is no failure of the rollback. */
const blueAgain = (blue: Deployment, now: number): Deployment => ({
  ...withoutFailures(blue),
  status: 'PRIMARY',
  updatedAt: now,
});

/**
 * The source is PRIMARY again, with the tasks that it has. Its traffic comes back at once; where the source was being cleaned up, or has no task
 * that runs, once it is whole.
 */
function stagedBack(
  tx: WriteTransaction,
  { desiredCount }: Pick<Service, 'desiredCount'>,
  { staged, lifecycleStage }: ServiceDeployment,
  blue: Deployment,
): StagedProgress | undefined {
  const { running } = tx.table(tasks).tally('deployment', { deploymentId: blue.id });
  const waits = lifecycleStage === 'CLEAN_UP' || (running === 0 && desiredCount > 0);
  const productionWeight = waits ? (staged?.productionWeight ?? 0) : 0;
  return staged && { ...staged, testWeight: 0, productionWeight, heldSince: undefined };
}

/** A deployment of the old revision: the one that still has tasks of it, or a new one. */
function rolledBack(
  tx: WriteTransaction,
  random: Random,
  service: Unversioned<Service>,
  { of, revision }: { readonly of: ServiceDeployment; readonly revision: ServiceRevision },
  now: number,
): Unversioned<Deployment> {
  const standing = [...tx.table(deployments).by('listedRevision', { revisionArn: revision.arn })].find(
    ({ id }) => id !== of.deploymentId,
  );
  const id = standing?.id ?? `ecs-svc/${decimalId(random)}`;
  const begun = { id, number: service.lastDeploymentNumber + 1, serviceDeploymentArn: of.arn, now };
  const deployment = standing
    ? { ...withoutFailures(standing), serviceDeploymentArn: of.arn, updatedAt: now }
    : newDeployment(service, revision, begun);
  const rolloutStateReason =
    of.circuitBreaker.status === 'TRIGGERED'
      ? `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`
      : inProgress(id);
  return { ...deployment, status: 'PRIMARY', rolloutState: 'IN_PROGRESS', rolloutStateReason };
}

const newRevision = (
  random: Random,
  service: Unversioned<Service>,
  workload: NewWorkload,
  now: number,
): Unversioned<ServiceRevision> => ({
  ...workload,
  accountId: service.accountId,
  region: service.region,
  arn: serviceRevisionArn(service, service.clusterName, service.name, decimalId(random)),
  serviceArn: service.arn,
  clusterArn: service.clusterArn,
  createdAt: now,
});

/** Makes way for a new PRIMARY; answers the revisions that still have deployments, newest first. */
function supersede(tx: WriteTransaction, serviceArn: string, now: number): string[] {
  const table = tx.table(deployments);
  const listed = [...table.by('listed', { serviceArn })];
  for (const deployment of listed) {
    if (deployment.status === 'PRIMARY') table.put({ ...deployment, status: 'ACTIVE', updatedAt: now });
  }
  return [...new Set(listed.map((deployment) => deployment.revisionArn))];
}
