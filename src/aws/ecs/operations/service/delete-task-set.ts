// DeleteTaskSet: nothing more is wanted of the task set; with tasks left it is DRAINING until they are gone.
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import { retireTaskSet } from '../../state/service/task-set/retire-task-set.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentTaskSet } from '../../present/task-set.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { taskSetOf } from '../resolve/service.ts';
import { externalServiceIn } from './external-service.ts';

export const deleteTaskSet: EcsOperation<'DeleteTaskSet'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = externalServiceIn(tx, cluster, input.service ?? '');
    const taskSet = taskSetOf(tx, cluster, service, input.taskSet ?? '');
    if (!input.force) refuseInUse(taskSet);
    const draining = tx
      .table(taskSets)
      .put({ ...taskSet, status: 'DRAINING', scale: 0, updatedAt: call.now });
    retireTaskSet(tx, draining);
    return { taskSet: presentTaskSet(tx, service, draining, true) };
  });

function refuseInUse(taskSet: TaskSet): void {
  if (taskSet.status === 'PRIMARY')
    throw invalidParameter('The primary task set cannot be deleted. Use force to delete it anyway.');
  if (taskSet.scale > 0) throw invalidParameter('The task set cannot be deleted while it is scaled above 0.');
}
