// DescribeInstanceHosts: on which machines container instances are, which ECS has no member for.
import { namedInstance } from '../../aws/ecs/state/instance/instance-title.ts';
import { isUnreachable } from '../../aws/ecs/state/instance/unreachable.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { clusterOf, instancesOf } from '../resolve.ts';

export const describeInstanceHosts: LongshoreOperation<'DescribeInstanceHosts'> = (
  { store },
  { cluster: reference, containerInstances },
  call,
) =>
  store.view((tx) => {
    const cluster = clusterOf(tx, call, reference);
    const asked = containerInstances && new Set(containerInstances);
    const hosts = instancesOf(tx, cluster)
      .filter(({ arn, id }) => asked === undefined || asked.has(arn) || asked.has(id))
      .map((instance) => ({
        ...namedInstance(instance),
        ...(isUnreachable(tx, instance.arn) && { isUnreachable: true }),
      }))
      .toArray();
    return { hosts };
  });
