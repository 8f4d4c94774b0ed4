// UpdateContainerInstancesState: ACTIVE or DRAINING; a DRAINING instance is given no new tasks.
import { containerInstances } from '../../state/instance/container-instances.ts';
import { checkInstanceCount, referencedInstances } from './referenced-instances.ts';
import type { EcsOperation } from '../../ecs.ts';
import { invalidParameter } from '../../errors.ts';
import { presentContainerInstance } from '../../present/container-instance.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const updateContainerInstancesState: EcsOperation<'UpdateContainerInstancesState'> = (
  ecs,
  input,
  call,
) => {
  const references = checkInstanceCount(input.containerInstances, 10);
  const { status } = input;
  if (status !== 'ACTIVE' && status !== 'DRAINING') {
    throw invalidParameter('Container instance status should be one of [ACTIVE, DRAINING]');
  }
  return ecs.store.update((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const { found, failures } = referencedInstances(tx, cluster, references);
    const [gone, registered] = [
      found.filter((instance) => instance.status === 'INACTIVE'),
      found.filter((instance) => instance.status !== 'INACTIVE'),
    ];
    const table = tx.table(containerInstances);
    const changed = registered.map((instance) =>
      instance.status === status ? instance : table.put({ ...instance, status, terminatingSince: undefined }),
    );
    return {
      containerInstances: changed.map((instance) => presentContainerInstance(tx, instance, false)),
      failures: [...failures, ...gone.map(({ arn }) => ({ arn, reason: 'INACTIVE' }))],
    };
  });
};
