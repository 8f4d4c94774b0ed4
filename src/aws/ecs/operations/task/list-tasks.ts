// ListTasks: ARNs of a cluster's tasks by desiredStatus (RUNNING unless asked otherwise) and one or more filters.
import type { ListTasksRequest } from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import type { Task } from '../../state/task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter, unsupportedFeature } from '../../errors.ts';
import { afterToken, pageOf } from '../../../shared/page.ts';
import { pageSize } from '../../page-size.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { instanceIn } from '../resolve/member.ts';
import { serviceIn } from '../resolve/service.ts';

type Filters = ListTasksRequest & { readonly serviceArn?: string | undefined };

export const listTasks: EcsOperation<'ListTasks'> = (ecs, input, call) => {
  const size = pageSize(input.maxResults);
  if (input.daemonName) throw unsupportedFeature('managed daemons');
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = input.serviceName ? serviceIn(tx, cluster, input.serviceName) : undefined;
    const { maxResults: _size, nextToken, ...filters } = input;
    const list = `tasks/${cluster.arn}/${JSON.stringify(filters)}`;
    const page = pageOf(
      list,
      select(tx, cluster, { ...filters, serviceArn: service?.arn }, afterToken(list, nextToken)),
      size,
      tasks.key,
      (task) => task.arn,
    );
    return { taskArns: page.items, ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }) };
  });
};

/** Walks the narrowest index that the filters allow and checks the rest row by row. */
function select(
  tx: ReadTransaction,
  cluster: Cluster,
  filters: Filters,
  after: string | undefined,
): Iterable<Task> {
  const table = tx.table(tasks);
  // PENDING may be asked for, and no task is ever meant to be that: nothing is found under it.
  const desiredStatus = (filters.desiredStatus ?? 'RUNNING') as Task['desiredStatus'];
  const rows = (): IterableIterator<Task> => {
    if (filters.containerInstance) {
      const instance = instanceIn(tx, cluster, filters.containerInstance);
      if (!instance) throw invalidParameter('The referenced container instance was not found.');
      return table.by('instanceDesired', { containerInstanceArn: instance.arn, desiredStatus }, after);
    }
    if (filters.serviceArn)
      return table.by('serviceDesired', { serviceArn: filters.serviceArn, desiredStatus }, after);
    if (filters.startedBy)
      return table.by(
        'startedByDesired',
        { clusterArn: cluster.arn, desiredStatus, startedBy: filters.startedBy },
        after,
      );
    if (filters.family)
      return table.by(
        'familyDesired',
        { clusterArn: cluster.arn, family: filters.family, desiredStatus },
        after,
      );
    return table.by('clusterDesired', { clusterArn: cluster.arn, desiredStatus }, after);
  };
  return Iterator.from(rows()).filter(
    (task) =>
      (filters.serviceArn === undefined || task.serviceArn === filters.serviceArn) &&
      (filters.family === undefined || task.family === filters.family) &&
      (filters.startedBy === undefined || task.startedBy === filters.startedBy) &&
      (filters.launchType === undefined || task.launchType === filters.launchType),
  );
}
