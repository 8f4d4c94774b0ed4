import { taskSession } from '../../state/instance/task-session.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentTask } from '../../present/task.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { findTasks, taskReferences } from '../resolve/tasks.ts';

export const describeTasks: EcsOperation<'DescribeTasks'> = (ecs, input, call) => {
  const references = taskReferences(input.tasks, 100);
  const withTags = input.include?.includes('TAGS') ?? false;
  return ecs.store.view((tx) => {
    const { found, failures } = findTasks(tx, activeCluster(tx, call, input.cluster), references);
    return {
      tasks: found.map((task) => presentTask(task, taskSession(tx, task), withTags)),
      failures,
    };
  });
};
