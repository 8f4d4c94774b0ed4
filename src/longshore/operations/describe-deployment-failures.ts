// DescribeDeploymentFailures: the tasks of a service that failed, with the evidence that is kept of them.
import { serviceArn } from '../../aws/ecs/state/arn.ts';
import type { Cluster } from '../../aws/ecs/state/cluster/cluster.ts';
import type { Service } from '../../aws/ecs/state/service/service.ts';
import type { ReadTransaction } from '../../store/store.ts';
import { serviceDeployments } from '../../aws/ecs/state/service/deployment/service-deployments.ts';
import { services } from '../../aws/ecs/state/service/services.ts';
import { taskFailures } from '../../aws/ecs/state/task/task-failures.ts';
import { notFound, serviceNotFound } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentFailure, resultCount } from '../present/task-failure.ts';
import { clusterOf } from '../resolve.ts';
import { lastPart } from '../../lib/arn.ts';

export const describeDeploymentFailures: LongshoreOperation<'DescribeDeploymentFailures'> = (
  { store },
  { cluster, service: reference, deployment, maxResults },
  call,
) => {
  const count = resultCount(maxResults);
  return store.view((tx) => {
    const service = recordedService(tx, clusterOf(tx, call, cluster), reference);
    const ids = deployment === undefined ? undefined : deploymentsOf(tx, service, deployment);
    // Those of an earlier service of the same name are not this one's.
    const found = Iterator.from(tx.table(taskFailures).by('owner', { ownerArn: service.arn }))
      .filter(({ stoppedAt }) => stoppedAt >= service.createdAt)
      .filter(({ deploymentId }) => ids === undefined || ids.has(deploymentId ?? ''))
      .toArray();
    return {
      serviceArn: service.arn,
      total: found.length,
      failures: found.slice(0, count).map((failure) => presentFailure(tx, failure)),
    };
  });
};

/** Deleted ones too: it is then that somebody may want to know why. */
function recordedService(tx: ReadTransaction, cluster: Cluster, reference: string): Service {
  const arn = serviceArn(cluster, cluster.name, lastPart(reference));
  const service = reference.startsWith('arn:') && reference !== arn ? undefined : tx.table(services).get(arn);
  if (!service) throw serviceNotFound();
  return service;
}

/** The ids that `reference` stands for: of a service deployment the target and the rollback. */
function deploymentsOf(tx: ReadTransaction, service: Service, reference: string): ReadonlySet<string> {
  if (!reference.startsWith('arn:')) return new Set([reference]);
  const [found] = tx.table(serviceDeployments).by('arn', { arn: reference });
  if (found?.serviceArn !== service.arn) throw notFound(`The service deployment ${reference}`);
  return new Set([
    found.deploymentId,
    ...(found.rollback?.deploymentId ? [found.rollback.deploymentId] : []),
  ]);
}
