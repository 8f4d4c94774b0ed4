// GetTaskProtection: whether tasks are protected from being stopped by their service, and until when.
import type { EcsOperation } from '../../ecs.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { findTasks, taskReferences } from '../resolve/tasks.ts';
import { presentProtection } from '../../present/task-protection.ts';

export const getTaskProtection: EcsOperation<'GetTaskProtection'> = (ecs, input, call) => {
  const references = taskReferences(input.tasks, 100);
  return ecs.store.view((tx) => {
    const { found, failures } = findTasks(tx, activeCluster(tx, call, input.cluster), references);
    return { protectedTasks: found.map((task) => presentProtection(task, call.now)), failures };
  });
};
