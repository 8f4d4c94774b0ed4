// CreateCapacityProvider: makes a capacity provider over an Auto Scaling group.
import type { CreateCapacityProviderRequest } from '../../shapes.generated.ts';
import { capacityProviderArn } from '../../state/arn.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { autoScalingGroupName } from '../../state/capacity/capacity-provider.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import type { Call } from '../../../../wire/api.ts';
import { newAutoScalingGroupProvider } from './auto-scaling-group.ts';
import type { EcsOperation } from '../../ecs.ts';
import { clientException, invalidParameter, unsupportedFeature } from '../../errors.ts';
import { presentCapacityProvider } from '../../present/capacity-provider.ts';
import { userTags } from '../tags.ts';

export const createCapacityProvider: EcsOperation<'CreateCapacityProvider'> = (ecs, input, call) => {
  const group = theGroup(input);
  const name = checkedName(input.name ?? '');
  const autoScalingGroupProvider = newAutoScalingGroupProvider(group);
  const tags = userTags(input.tags);
  return ecs.store.update((tx) => {
    const arn = capacityProviderArn(call, name);
    refuseTaken(tx, call, arn, autoScalingGroupProvider.autoScalingGroupArn);
    const provider = tx.table(capacityProviders).put({
      arn,
      accountId: call.accountId,
      region: call.region,
      name,
      status: 'ACTIVE',
      autoScalingGroupProvider,
      tags,
    });
    return { capacityProvider: presentCapacityProvider(provider, true) };
  });
};

type Group = NonNullable<CreateCapacityProviderRequest['autoScalingGroupProvider']>;

function theGroup(input: CreateCapacityProviderRequest): Group {
  const { autoScalingGroupProvider: group, managedInstancesProvider: instances, cluster } = input;
  if ((group === undefined) === (instances === undefined)) {
    throw invalidParameter(
      'Exactly one of autoScalingGroupProvider and managedInstancesProvider must be specified.',
    );
  }
  if (!group) throw unsupportedFeature('managedInstancesProvider (Amazon ECS Managed Instances)');
  if (cluster) {
    throw invalidParameter(
      'A cluster can be specified only with managedInstancesProvider. Associate the capacity provider with PutClusterCapacityProviders.',
    );
  }
  return group;
}

function checkedName(name: string): string {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name) || /^(aws|ecs|fargate)/i.test(name)) {
    throw clientException(
      'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
    );
  }
  return name;
}

function refuseTaken(tx: ReadTransaction, call: Call, arn: string, group: string): void {
  const table = tx.table(capacityProviders);
  if (table.get(arn)?.status === 'ACTIVE') {
    throw clientException(
      'The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.',
    );
  }
  const { accountId, region } = call;
  if (table.count('activeOfGroup', { accountId, region, group: autoScalingGroupName(group) }) > 0) {
    throw clientException(
      'The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.',
    );
  }
}
