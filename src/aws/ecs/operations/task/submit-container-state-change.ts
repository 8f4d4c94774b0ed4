// SubmitContainerStateChange: the older report of one container; the task's own status does not move by it.
import type { Task } from '../../state/task/task.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { activeCluster } from '../resolve/cluster.ts';
import { taskIn } from '../resolve/member.ts';
import { containerReport } from './container-report.ts';
import { recordReport } from './record-report.ts';

export const submitContainerStateChange: EcsOperation<'SubmitContainerStateChange'> = (ecs, input, call) => {
  const report = { containers: [containerReport(input)] };
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const task = input.task ?? '';
    checkContainer(taskIn(tx, cluster, task), input.containerName);
    recordReport(tx, cluster, task, { report }, call.now);
    return { acknowledgment: 'ACK' };
  });
};

function checkContainer(task: Task | undefined, name = ''): void {
  if (!task || task.containers.some((container) => container.name === name)) return;
  throw invalidParameter(`The container ${name} does not exist in the task.`);
}
