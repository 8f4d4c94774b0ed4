// DescribeTaskSets: a service's task sets, all of them or those that are named.
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentTaskSet } from '../../present/task-set.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { activeServiceIn, taskSetArnOf } from '../resolve/service.ts';

export const describeTaskSets: EcsOperation<'DescribeTaskSets'> = (ecs, input, call) => {
  const withTags = input.include?.includes('TAGS') ?? false;
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = activeServiceIn(tx, cluster, input.service ?? '');
    const present = (taskSet: TaskSet) => presentTaskSet(tx, service, taskSet, withTags);
    const table = tx.table(taskSets);
    if (!input.taskSets?.length) {
      return {
        taskSets: Array.from(table.by('service', { serviceArn: service.arn }), present),
        failures: [],
      };
    }
    const arns = [...new Set(input.taskSets.map((reference) => taskSetArnOf(cluster, service, reference)))];
    const found = arns.map((arn) => ({ arn, taskSet: table.get(arn) }));
    return {
      taskSets: found.flatMap(({ taskSet }) => (taskSet ? [present(taskSet)] : [])),
      failures: found.filter(({ taskSet }) => !taskSet).map(({ arn }) => ({ arn, reason: 'MISSING' })),
    };
  });
};
