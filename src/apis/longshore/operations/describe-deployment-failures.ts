// DescribeDeploymentFailures: the tasks of a service that failed, with the evidence that is kept of them.
import { lastPart, serviceArn } from '../../../model/arn.ts';
import type { Cluster } from '../../../model/cluster.ts';
import type { DeploymentFailure } from '../../../model/deployment-failure.ts';
import type { Service } from '../../../model/service.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { containerInstances } from '../../../store/tables/container-instances.ts';
import { deploymentFailures } from '../../../store/tables/deployment-failures.ts';
import { deployments } from '../../../store/tables/deployments.ts';
import { serviceDeployments } from '../../../store/tables/service-deployments.ts';
import { services } from '../../../store/tables/services.ts';
import { invalidParameter, notFound, serviceNotFound } from '../errors.ts';
import type {
  DescribeDeploymentFailuresInput,
  DescribeDeploymentFailuresOutput,
  ShownDeploymentFailure,
} from '../failure-contract.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { clusterOf } from '../resolve.ts';

const mostResults = 50;

export const describeDeploymentFailures: LongshoreOperation<
  DescribeDeploymentFailuresInput,
  DescribeDeploymentFailuresOutput
> = ({ store }, { cluster, service: reference, deployment, maxResults = 10 }, call) => {
  if (maxResults < 1 || maxResults > mostResults)
    throw invalidParameter(`maxResults must be between 1 and ${mostResults}.`);
  return store.view((tx) => {
    const service = recordedService(tx, clusterOf(tx, call, cluster), reference);
    const ids = deployment === undefined ? undefined : deploymentsOf(tx, service, deployment);
    // Those of an earlier service of the same name are not this one's.
    const found = Iterator.from(tx.table(deploymentFailures).by('service', service.arn))
      .filter(({ stoppedAt }) => stoppedAt >= service.createdAt)
      .filter(({ deploymentId }) => ids === undefined || ids.has(deploymentId))
      .toArray();
    return {
      serviceArn: service.arn,
      total: found.length,
      failures: found.slice(0, maxResults).map((failure) => presentFailure(tx, failure)),
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

/** The ids that `reference` stands for: of a service deployment the way there and the way back. */
function deploymentsOf(tx: ReadTransaction, service: Service, reference: string): ReadonlySet<string> {
  if (!reference.startsWith('arn:')) return new Set([reference]);
  const [found] = tx.table(serviceDeployments).by('arn', reference);
  if (found?.serviceArn !== service.arn) throw notFound(`The service deployment ${reference}`);
  return new Set([
    found.deploymentId,
    ...(found.rollback?.deploymentId ? [found.rollback.deploymentId] : []),
  ]);
}

function presentFailure(tx: ReadTransaction, failure: DeploymentFailure): ShownDeploymentFailure {
  const [deployment] = tx.table(deployments).by('id', failure.deploymentId);
  const { containerInstanceArn } = failure;
  const instance =
    containerInstanceArn === undefined ? undefined : tx.table(containerInstances).get(containerInstanceArn);
  return {
    deploymentId: failure.deploymentId,
    serviceDeploymentArn: deployment?.serviceDeploymentArn,
    cause: failure.cause,
    taskArn: failure.taskArn,
    taskDefinitionArn: failure.taskDefinitionArn,
    containerInstanceArn,
    ec2InstanceId: instance?.ec2InstanceId,
    stopCode: failure.stopCode,
    stoppedReason: failure.stoppedReason,
    createdAt: failure.createdAt / 1000,
    startedAt: failure.startedAt === undefined ? undefined : failure.startedAt / 1000,
    stoppedAt: failure.stoppedAt / 1000,
    containers: failure.containers,
  };
}
