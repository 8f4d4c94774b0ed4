// UpdateTaskSet: changes a task set's share of its service's tasks.
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentTaskSet } from '../../present/task-set.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { taskSetOf } from '../resolve/service.ts';
import { externalServiceIn } from './external-service.ts';
import { checkedScale } from './scale.ts';

export const updateTaskSet: EcsOperation<'UpdateTaskSet'> = (ecs, input, call) => {
  const scale = checkedScale(input.scale ?? {});
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = externalServiceIn(tx, cluster, input.service ?? '');
    const taskSet = taskSetOf(tx, cluster, service, input.taskSet ?? '');
    if (taskSet.status === 'DRAINING')
      throw invalidParameter('The task set is DRAINING and cannot be scaled.');
    const scaled = tx.table(taskSets).put({
      ...taskSet,
      scale,
      updatedAt: call.now,
      ...(scale === taskSet.scale ? {} : { stabilityStatus: 'STABILIZING', stabilityStatusAt: call.now }),
    });
    return { taskSet: presentTaskSet(tx, service, scaled, true) };
  });
};
