// StopTask: asks a task to stop and answers it as it is now; the agent does the stopping.
import { askToStop } from '../../state/task/task-lifecycle.ts';
import { taskSession } from '../../state/instance/task-session.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentTask } from '../../present/task.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { taskIn } from '../resolve/member.ts';

const reasonLimit = 1024;

export const stopTask: EcsOperation<'StopTask'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const task = taskIn(tx, cluster, input.task ?? '');
    if (!task) throw invalidParameter('The referenced task was not found.');
    const reason = input.reason || 'Task stopped by user';
    if (reason.length > reasonLimit)
      throw invalidParameter(`reason can have a maximum of ${reasonLimit} characters.`);
    const asked =
      task.desiredStatus === 'STOPPED'
        ? task
        : tx.table(tasks).put({ ...askToStop(task, 'UserInitiated', reason, call.now), tags: [] });
    return { task: presentTask(asked, taskSession(tx, asked), true) };
  });
