// ReplaceTask: a service starts another task in place of this one first, and stops it once the other is healthy.
import type { Service } from '../../aws/ecs/state/service/service.ts';
import { type Task } from '../../aws/ecs/state/task/task.ts';
import { withScheduling } from '../../aws/ecs/state/task/task-scheduling.ts';
import { services } from '../../aws/ecs/state/service/services.ts';
import { tasks } from '../../aws/ecs/state/task/tasks.ts';
import { invalidParameter } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { clusterOf, taskOf } from '../resolve.ts';
import { isProtected } from '../../aws/ecs/state/task/protection-expiry.ts';

/** Asked again it changes nothing; a task that is on its way out is left alone. */
export const replaceTask: LongshoreOperation<'ReplaceTask'> = (
  { store },
  { cluster, task: reference },
  call,
) =>
  store.update((tx) => {
    const task = taskOf(tx, clusterOf(tx, call, cluster), reference);
    const service = tx.table(services).get(task.serviceArn ?? '');
    if (!service)
      throw invalidParameter(
        `The task ${task.id} belongs to no service: start another with RunTask, then call StopTask.`,
      );
    refuse(task, service, call.now);
    if (task.desiredStatus === 'RUNNING' && !task.scheduling?.replaceAsked)
      tx.table(tasks).put(withScheduling(task, { replaceAsked: true }));
    return { taskArn: task.arn, serviceArn: service.arn };
  });

function refuse(task: Task, service: Service, now: number): void {
  if (service.schedulingStrategy === 'DAEMON')
    throw invalidParameter(
      `The service ${service.name} has one task for each container instance: call StopTask, and it starts another there.`,
    );
  if (isProtected(task, now))
    throw invalidParameter(`The task ${task.id} is protected: end its protection with UpdateTaskProtection.`);
}
