// Whether anything still needs a task definition.
import type { ReadTransaction } from '../../../../store/store.ts';
import { deployments } from './deployment/deployments.ts';
import { taskSets } from './task-set/task-sets.ts';
import { tasks } from '../task/tasks.ts';

/** True while a task that is not STOPPED, a service's deployment or a task set refers to it; constant time. */
export const isTaskDefinitionInUse = (tx: ReadTransaction, arn: string): boolean =>
  tx.table(tasks).count('taskDefinitionLive', arn) > 0 ||
  tx.table(deployments).count('listedTaskDefinition', arn) > 0 ||
  tx.table(taskSets).count('taskDefinition', arn) > 0;
