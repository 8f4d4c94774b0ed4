// UpdateTaskProtection: protects tasks of a service for a time, or no longer; asked again, the time begins anew.
import { isServiceTask, type Task } from '../../state/task/task.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { services } from '../../state/service/services.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentProtection } from '../../present/task-protection.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { findTasks, taskReferences } from '../resolve/tasks.ts';
import { isProtected, protectionEnd, protectionMinutes } from '../../state/task/protection-expiry.ts';

export const updateTaskProtection: EcsOperation<'UpdateTaskProtection'> = (ecs, input, call) => {
  const references = taskReferences(input.tasks, 10);
  const { protectionEnabled, expiresInMinutes } = input;
  const { min, max } = protectionMinutes;
  if (expiresInMinutes !== undefined && (expiresInMinutes < min || expiresInMinutes > max))
    throw invalidParameter(`expiresInMinutes should be between ${min} and ${max}.`);
  const protectedUntil = protectionEnabled ? protectionEnd(call.now, expiresInMinutes) : undefined;
  return ecs.store.update((tx) => {
    const { found, failures } = findTasks(tx, activeCluster(tx, call, input.cluster), references);
    const table = tx.table(tasks);
    const outcomes = found.map((task) => {
      const reason = refusal(tx, task, protectedUntil, call.now);
      if (reason !== undefined) return { failure: { arn: task.arn, reason } };
      const isSame = task.protectedUntil === protectedUntil;
      return { task: presentProtection(isSame ? task : table.put({ ...task, protectedUntil }), call.now) };
    });
    return {
      protectedTasks: outcomes.flatMap(({ task }) => task ?? []),
      failures: [...failures, ...outcomes.flatMap(({ failure }) => failure ?? [])],
    };
  });
};

/** Why the task's protection cannot be changed, as ECS names it; undefined when it can. */
function refusal(
  tx: ReadTransaction,
  task: Task,
  protectedUntil: number | undefined,
  now: number,
): string | undefined {
  if (!canBeProtected(task)) return 'TASK_NOT_VALID';
  if (protectedUntil === undefined || isProtected(task, now)) return undefined;
  return hasTooManyProtected(tx, task, now) ? 'DEPLOYMENT_BLOCKED' : undefined;
}

/** With one more protected task than it wants tasks, its service could not become steady. */
function hasTooManyProtected(tx: ReadTransaction, { serviceArn = '' }: Task, now: number): boolean {
  const service = tx.table(services).get(serviceArn);
  if (service?.schedulingStrategy !== 'REPLICA' || service.deploymentController !== 'ECS') return false;
  const wanted = [...tx.table(tasks).by('serviceDesired', { serviceArn, desiredStatus: 'RUNNING' })];
  return wanted.filter((one) => isProtected(one, now)).length >= service.desiredCount;
}

/** A task that runs by itself has nobody who would stop it, and one that stopped has no need. */
const canBeProtected = (task: Task): boolean => isServiceTask(task) && task.lastStatus !== 'STOPPED';
