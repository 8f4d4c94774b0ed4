// The staged deployment of a service, from the rows.
import type { Service } from '../../../state/service/service.ts';
import type { Deployment } from '../../../state/service/deployment/deployment.ts';
import { isOngoing, type ServiceDeployment } from '../../../state/service/deployment/service-deployment.ts';
import type { ReadTransaction } from '../../../../../store/store.ts';
import { deployments } from '../../../state/service/deployment/deployments.ts';
import { serviceDeployments } from '../../../state/service/deployment/service-deployments.ts';
import { tasks } from '../../../state/task/tasks.ts';
import type { TrafficRouter } from '../traffic-router.ts';
import { sourceDeploymentOf } from '../../../state/service/deployment/source-deployment.ts';
import type { StagedView } from './service-view.ts';

/**
 * The staged deployment that decides about the service's tasks: the one under way, or one that has failed and was not to go back,
 * and so left the source to serve. Undefined where only the PRIMARY deployment counts.
 */
export function stagedView(
  tx: ReadTransaction,
  service: Service,
  listed: readonly Deployment[],
  router: TrafficRouter,
): StagedView | undefined {
  if (service.status !== 'ACTIVE') return undefined;
  const record = recordOf(tx, service.currentServiceDeploymentArn);
  if (!record || record.deploymentConfiguration.strategy === 'ROLLING') return undefined;
  const [target] = tx.table(deployments).by('id', { id: record.deploymentId });
  if (!target) return undefined;
  const source = sourceDeploymentOf(tx, record);
  // Where there was no source left, the rollback is a deployment of its own, which is ROLLING.
  if (record.rollback && record.rollback.deploymentId !== source?.id) return undefined;
  const hasStopped = target.status === 'PRIMARY' && target.rolloutState === 'FAILED';
  if (!isOngoing(record) && !(hasStopped && source)) return undefined;
  const weights = record.staged ?? { testWeight: 0, productionWeight: 0 };
  const looksForBlue = record.staged === undefined;
  return {
    record,
    target,
    source,
    trafficHolds: router.holds(tx, service, weights),
    withTasks: new Set(
      listed
        .map(({ id }) => id)
        .filter((id) => tx.table(tasks).count('deploymentLive', { deploymentId: id }) > 0),
    ),
    withEnded: looksForBlue ? deploymentsWithEnded(tx, service) : new Set(),
    records: looksForBlue ? recordsOf(tx, listed) : new Map(),
  };
}

const recordOf = (tx: ReadTransaction, arn = ''): ServiceDeployment | undefined =>
  tx.table(serviceDeployments).by('arn', { arn }).next().value;

const deploymentsWithEnded = (tx: ReadTransaction, { arn }: Service): ReadonlySet<string> =>
  new Set(
    Iterator.from(tx.table(tasks).by('serviceDesired', { serviceArn: arn, desiredStatus: 'STOPPED' })).map(
      ({ deploymentId = '' }) => deploymentId,
    ),
  );

const recordsOf = (
  tx: ReadTransaction,
  listed: readonly Deployment[],
): ReadonlyMap<string, ServiceDeployment> =>
  new Map(
    listed.flatMap(({ serviceDeploymentArn: arn }) => {
      const record = recordOf(tx, arn);
      return record ? [[arn, record] as const] : [];
    }),
  );
