// UpdateServicePrimaryTaskSet: makes a task set the one that serves production; the one before goes on as ACTIVE.
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentTaskSet } from '../../present/task-set.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { taskSetOf } from '../resolve/service.ts';
import { externalServiceIn } from './external-service.ts';

export const updateServicePrimaryTaskSet: EcsOperation<'UpdateServicePrimaryTaskSet'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = externalServiceIn(tx, cluster, input.service ?? '');
    const chosen = taskSetOf(tx, cluster, service, input.primaryTaskSet ?? '');
    if (chosen.status === 'DRAINING')
      throw invalidParameter('The task set is DRAINING and cannot be the primary one.');
    const table = tx.table(taskSets);
    for (const old of [...table.by('servicePrimary', { serviceArn: service.arn })])
      table.put({ ...old, status: 'ACTIVE', updatedAt: call.now });
    const primary = table.put({ ...table.get(chosen.arn)!, status: 'PRIMARY', updatedAt: call.now });
    return { taskSet: presentTaskSet(tx, service, primary, true) };
  });
