// Takes a task definition away that is DELETE_IN_PROGRESS, once no task and no service refers to it.
import { parseEcsArn } from '../../state/arn.ts';
import type { Change, Store, ReadTransaction } from '../../../../store/store.ts';
import { deployments } from '../../state/service/deployment/deployments.ts';
import { taskDefinitionKey, taskDefinitions } from '../../state/task-definition/task-definitions.ts';
import { taskSets } from '../../state/service/task-set/task-sets.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../../../shared/loop.ts';

interface Referring {
  readonly version: number;
  readonly taskDefinitionArn: string;
}

/** The family's row stays: its count sees to it that no revision number is given out twice. */
export const taskDefinitionDeleter: Controller = {
  name: 'task-definition-deleter',
  watch: (store, enqueue) => {
    // Whatever referred before a change may have been the last to do so.
    const look = (changes: readonly Change<Referring>[]): void => {
      if (!isAnyDeleting(store)) return;
      for (const { before } of changes) if (before) enqueue(keyOf(before.taskDefinitionArn));
    };
    const unwatch = [
      store.watch(taskDefinitions, (changes) => {
        for (const { key, after } of changes) if (after?.status === 'DELETE_IN_PROGRESS') enqueue(key);
      }),
      store.watch(tasks, look),
      store.watch(deployments, look),
      store.watch(taskSets, look),
    ];
    return () => {
      for (const end of unwatch) end();
    };
  },
  allKeys: (store) =>
    store.view((tx) =>
      Array.from(
        tx.table(taskDefinitions).by('status', { status: 'DELETE_IN_PROGRESS' }),
        taskDefinitions.key,
      ),
    ),
  sync: (key, store) => {
    if (isToGo(store, key)) {
      store.update((tx) => {
        tx.table(taskDefinitions).delete(key);
      });
    }
    return undefined;
  },
};

const isAnyDeleting = (store: Store): boolean =>
  store.view((tx) => tx.table(taskDefinitions).count('status', { status: 'DELETE_IN_PROGRESS' })) > 0;

const isToGo = (store: Store, key: string): boolean =>
  store.view((tx) => {
    const definition = tx.table(taskDefinitions).get(key);
    return definition?.status === 'DELETE_IN_PROGRESS' && !isTaskDefinitionInUse(tx, definition.arn);
  });

/** The row's key of a definition's ARN. */
function keyOf(arn: string): string {
  const parsed = parseEcsArn(arn);
  const [family = '', revision] = parsed?.path.split(':') ?? [];
  return parsed ? taskDefinitionKey(parsed, family, Number(revision)) : arn;
}

/** True while a task that is not STOPPED, a service's deployment or a task set refers to it; constant time. */
const isTaskDefinitionInUse = (tx: ReadTransaction, arn: string): boolean =>
  tx.table(tasks).count('taskDefinitionLive', { taskDefinitionArn: arn }) > 0 ||
  tx.table(deployments).count('listedTaskDefinition', { taskDefinitionArn: arn }) > 0 ||
  tx.table(taskSets).count('taskDefinition', { taskDefinitionArn: arn }) > 0;
