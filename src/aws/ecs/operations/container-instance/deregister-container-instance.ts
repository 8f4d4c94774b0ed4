// DeregisterContainerInstance: the instance becomes INACTIVE; one that is so already stays as it is. With force its tasks are written off as STOPPED;
// as in ECS, their containers are then no longer Longshore's to manage.
import { retireInstance } from '../../state/instance/retire-instance.ts';
import { tasks } from '../../state/task/tasks.ts';
import { registeredInstance } from './registered-instance.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentContainerInstance } from '../../present/container-instance.ts';
import { activeCluster } from '../resolve/cluster.ts';

const forced = {
  stopCode: 'UserInitiated',
  stoppedReason: 'Container instance deregistration forced by user',
} as const;

export const deregisterContainerInstance: EcsOperation<'DeregisterContainerInstance'> = (ecs, input, call) =>
  ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const instance = registeredInstance(tx, cluster, input.containerInstance ?? '');
    if (instance.status === 'INACTIVE') {
      return { containerInstance: presentContainerInstance(tx, instance, true) };
    }
    const isBusy = tx.table(tasks).count('instanceLive', { containerInstanceArn: instance.arn }) > 0;
    if (isBusy && !input.force) throw invalidParameter('Found running tasks on the instance.');
    const inactive = retireInstance(tx, instance, forced, call.now);
    return { containerInstance: presentContainerInstance(tx, inactive, true) };
  });
