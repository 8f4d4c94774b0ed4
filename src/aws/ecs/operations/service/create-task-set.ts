// CreateTaskSet: one more workload of an EXTERNAL service, with its share of the tasks.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { TaskSet } from '../../state/service/task-set/task-set.ts';
import type { Unversioned } from '../../../../store/table.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentTaskSet } from '../../present/task-set.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { runnableTaskDefinition } from '../resolve/task-definition.ts';
import { newCompute } from './compute.ts';
import { refuseUnrunnable } from './checked-definition.ts';
import { checkConnections } from './connections.ts';
import { externalServiceIn } from './external-service.ts';
import { earlierTaskSet, newTaskSet, refuseTooManyTaskSets } from './new-task-set.ts';
import { featuresOfTaskSet } from './unsupported.ts';
import { refuseCompute, refusePlatformVersion } from '../task/compute.ts';
import { refuseUsed } from '../task-definition/undeliverable.ts';

export const createTaskSet: EcsOperation<'CreateTaskSet'> = (ecs, input, call) => {
  refuseCompute(input);
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const service = externalServiceIn(tx, cluster, input.service ?? '');
    const definition = runnableTaskDefinition(tx, call, input.taskDefinition ?? '');
    const compute = newCompute(tx, cluster, input, service.launchType);
    checkConnections(input, definition);
    refuseUsed(featuresOfTaskSet(input, compute), definition);
    refusePlatformVersion(input.platformVersion);
    refuseUnrunnable(definition, compute.launchType, input.networkConfiguration);
    const workload = { taskDefinitionArn: definition.arn, ...compute };
    const asked = newTaskSet(ecs.random, service, workload, input, call.now);
    const taskSet = earlierTaskSet(tx, asked) ?? create(tx, asked);
    return { taskSet: presentTaskSet(tx, service, taskSet, true) };
  });
};

function create(tx: WriteTransaction, asked: Unversioned<TaskSet>): TaskSet {
  refuseTooManyTaskSets(tx, asked.serviceArn);
  return tx.table(taskSets).put(asked);
}
