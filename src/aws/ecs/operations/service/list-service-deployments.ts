// ListServiceDeployments: a service's deployments in brief, newest first, by status and time of creation.
import type { ListServiceDeploymentsRequest } from '../../shapes.generated.ts';
import type { Service } from '../../state/service/service.ts';
import type { ServiceDeployment } from '../../state/service/deployment/service-deployment.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { serviceDeployments } from '../../state/service/deployment/service-deployments.ts';
import type { EcsOperation } from '../../ecs.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { presentServiceDeploymentBrief } from '../../present/service-deployment.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { serviceIn } from '../resolve/service.ts';

type Filters = Omit<ListServiceDeploymentsRequest, 'maxResults' | 'nextToken'>;

export const listServiceDeployments: EcsOperation<'ListServiceDeployments'> = (
  ecs,
  { maxResults, nextToken, ...filters },
  call,
) => {
  const size = pageSize(maxResults, { default: 20, max: 100 });
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, filters.cluster);
    const service = serviceIn(tx, cluster, filters.service ?? '');
    const list = `service-deployments/${service.arn}/${JSON.stringify([filters.status, filters.createdAt])}`;
    const rows = select(tx, service, filters, afterToken(list, nextToken));
    const page = pageOf(list, rows, size, serviceDeployments.key, presentServiceDeploymentBrief);
    return {
      serviceDeployments: page.items,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  });
};

/** Walks one status' deployments where only one is asked for, else all of the service's; the times are checked row by row. */
function select(
  tx: ReadTransaction,
  service: Service,
  { status, createdAt }: Filters,
  after: string | undefined,
): Iterable<ServiceDeployment> {
  const table = tx.table(serviceDeployments);
  const [only, ...others] = status ?? [];
  const rows =
    only !== undefined && others.length === 0
      ? table.by('serviceStatus', { serviceArn: service.arn, status: only }, after)
      : table.by('service', { serviceArn: service.arn }, after);
  const statuses = new Set<string>(status);
  const { before = Infinity, after: since = -Infinity } = createdAt ?? {};
  return Iterator.from(rows).filter((deployment) => {
    const created = deployment.createdAt / 1000;
    return (statuses.size === 0 || statuses.has(deployment.status)) && created >= since && created <= before;
  });
}
