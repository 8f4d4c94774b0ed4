// Begins a service's next deployment: a new revision, its service deployment, and the PRIMARY that replaces all others.
import { base64UrlId, decimalId } from '../../../../../lib/ids.ts';
import type { Random } from '../../../../../lib/random.ts';
import { serviceDeploymentArn, serviceRevisionArn } from '../../arn.ts';
import { breakerTags } from './breaker-tags.ts';
import { newDeployment } from './deployment.ts';
import { newServiceDeployment } from './service-deployment.ts';
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

/**
 * Stores `service`, which may be new or changed, with a deployment that brings `workload` up. Earlier deployments
 * become ACTIVE, a service deployment that was under way is STOPPED. `now` is epoch ms.
 */
export function startDeployment(
  tx: WriteTransaction,
  random: Random,
  service: Unversioned<Service>,
  workload: Workload & { readonly containerImages: readonly ContainerImage[] },
  now: number,
): Service {
  const number = service.lastDeploymentNumber + 1;
  const revision = tx.table(serviceRevisions).put(newRevision(random, service, workload, now));
  const sourceRevisionArns = supersede(tx, service.arn, now);
  const id = `ecs-svc/${decimalId(random)}`;
  const begun = tx.table(serviceDeployments).put(
    newServiceDeployment(service, {
      arn: serviceDeploymentArn(service, service.clusterName, service.name, base64UrlId(random, 21)),
      number,
      deploymentId: id,
      sourceRevisionArns,
      targetRevisionArn: revision.arn,
      breakerTags: breakerTags(service.tags, tx.table(clusters).get(service.clusterArn)?.tags),
      now,
    }),
  );
  const deployment = newDeployment(service, revision, { id, number, serviceDeploymentArn: begun.arn, now });
  // The first is to have all tasks from the start; a later one gets them step by step from those before it.
  const isFirst = sourceRevisionArns.length === 0;
  tx.table(deployments).put(isFirst ? { ...deployment, desiredCount: service.desiredCount } : deployment);
  return tx.table(services).put({
    ...service,
    revisionArn: revision.arn,
    currentServiceDeploymentArn: begun.arn,
    lastDeploymentNumber: number,
  });
}

const newRevision = (
  random: Random,
  service: Unversioned<Service>,
  workload: Workload & { readonly containerImages: readonly ContainerImage[] },
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
  stopServiceDeployments(tx, serviceArn, 'A newer service deployment was started.', now);
  return [...new Set(listed.map((deployment) => deployment.revisionArn))];
}
