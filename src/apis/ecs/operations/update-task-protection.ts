// UpdateTaskProtection: protects tasks of a service for a time, or no longer; asked again, the time begins anew.
import type { UpdateTaskProtectionRequest, UpdateTaskProtectionResponse } from '@aws-sdk/client-ecs';
import { isServiceTask, type Task } from '../../../model/task.ts';
import { tasks } from '../../../store/tables/tasks.ts';
import type { EcsOperation } from '../ecs.ts';
import { invalidParameter } from '../errors.ts';
import { presentProtection } from '../present/task-protection.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { findTasks, taskReferences } from '../resolve/tasks.ts';

const longestMinutes = 2880;
const usualMinutes = 120;

export const updateTaskProtection: EcsOperation<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse> = (
  ecs,
  input,
  call,
) => {
  const references = taskReferences(input.tasks, 10);
  const minutes = input.expiresInMinutes ?? usualMinutes;
  if (minutes < 1 || minutes > longestMinutes)
    throw invalidParameter(`expiresInMinutes should be between 1 and ${longestMinutes}.`);
  const protectedUntil = input.protectionEnabled ? call.now + minutes * 60_000 : undefined;
  return ecs.store.update((tx) => {
    const { found, failures } = findTasks(tx, activeCluster(tx, call, input.cluster), references);
    const table = tx.table(tasks);
    const [valid, invalid] = [found.filter(canBeProtected), found.filter((task) => !canBeProtected(task))];
    return {
      protectedTasks: valid.map((task) =>
        presentProtection(
          task.protectedUntil === protectedUntil ? task : table.put({ ...task, protectedUntil }),
          call.now,
        ),
      ),
      failures: [...failures, ...invalid.map(({ arn }) => ({ arn, reason: 'TASK_NOT_VALID' }))],
    };
  });
};

/** A task that runs by itself has nobody who would stop it, and one that stopped has no need. */
const canBeProtected = (task: Task): boolean => isServiceTask(task) && task.lastStatus !== 'STOPPED';
