// DescribeContainerInstances: instances of one cluster by id or ARN, INACTIVE ones included.
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { instanceHealth } from '../../state/instance/instance-health-table.ts';
import { checkInstanceCount, referencedInstances } from './referenced-instances.ts';
import type { EcsOperation } from '../../ecs.ts';
import { presentContainerInstance, presentInstanceHealth } from '../../present/container-instance.ts';
import { activeCluster } from '../resolve/cluster.ts';

export const describeContainerInstances: EcsOperation<'DescribeContainerInstances'> = (ecs, input, call) => {
  const references = checkInstanceCount(input.containerInstances, 100);
  const withTags = input.include?.includes('TAGS') ?? false;
  const withHealth = input.include?.includes('CONTAINER_INSTANCE_HEALTH') ?? false;
  return ecs.store.view((tx) => {
    const cluster = activeCluster(tx, call, input.cluster);
    const { found, failures } = referencedInstances(tx, cluster, references);
    const containerInstances = found.map((instance) => ({
      ...presentContainerInstance(tx, instance, withTags),
      ...(withHealth && { healthStatus: healthOf(tx, instance) }),
    }));
    return { containerInstances, failures };
  });
};

/** Of an instance that is no more, nothing is known. */
const healthOf = (tx: ReadTransaction, { arn, status }: ContainerInstance) =>
  presentInstanceHealth(status === 'INACTIVE' ? undefined : tx.table(instanceHealth).get(arn));
