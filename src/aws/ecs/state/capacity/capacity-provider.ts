// A capacity provider: where the tasks of a strategy run. FARGATE and FARGATE_SPOT exist without a row.
import { capacityProviderArn } from '../arn.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { Tag } from '../../../shared/tag.ts';

export interface ManagedScaling {
  readonly status: 'ENABLED' | 'DISABLED';
  /** Per cent of the group that should be in use, 1 to 100. */
  readonly targetCapacity: number;
  /** Instances at a time, 1 to 10,000 both. */
  readonly minimumScalingStepSize: number;
  readonly maximumScalingStepSize: number;
  /** Seconds, 0 to 10,000. */
  readonly instanceWarmupPeriod: number;
}

export interface AutoScalingGroupProvider {
  /** The group's ARN, or its name, as the caller gave it. */
  readonly autoScalingGroupArn: string;
  readonly managedScaling: ManagedScaling;
  readonly managedTerminationProtection: 'ENABLED' | 'DISABLED';
  readonly managedDraining: 'ENABLED' | 'DISABLED';
}

export interface CapacityProvider extends Scope {
  readonly version: number;
  readonly arn: string;
  readonly name: string;
  readonly status: 'ACTIVE' | 'INACTIVE';
  /** Absent for FARGATE and FARGATE_SPOT. */
  readonly autoScalingGroupProvider?: AutoScalingGroupProvider | undefined;
  /** The one cluster that may use it; absent for those of the whole account. */
  readonly clusterArn?: string | undefined;
  /** How the latest change ended; absent until there was one. */
  readonly updateStatus?: 'UPDATE_COMPLETE' | 'DELETE_COMPLETE' | 'DELETE_FAILED' | undefined;
  readonly updateStatusReason?: string | undefined;
  readonly tags: readonly Tag[];
}

/** One part of a strategy: `base` tasks first, then a share of the rest by `weight`. */
export interface CapacityProviderStrategyItem {
  /** The provider's short name. */
  readonly capacityProvider: string;
  /** 0 to 1,000. */
  readonly weight: number;
  /** 0 to 100,000; above 0 in at most one item. */
  readonly base: number;
}

export const builtInCapacityProviders = ['FARGATE', 'FARGATE_SPOT'] as const;

/** Whether the provider of that name comes with every account. */
export const isBuiltIn = (name: string): name is (typeof builtInCapacityProviders)[number] =>
  (builtInCapacityProviders as readonly string[]).includes(name);

/** FARGATE or FARGATE_SPOT as one sees it in `scope`. */
export const builtInCapacityProvider = (
  scope: Scope,
  name: (typeof builtInCapacityProviders)[number],
): CapacityProvider => ({
  version: 0,
  arn: capacityProviderArn(scope, name),
  accountId: scope.accountId,
  region: scope.region,
  name,
  status: 'ACTIVE',
  tags: [],
});

/** A group's name in its ARN or in place of it: one group has one provider, however it is called. */
export const autoScalingGroupName = (arnOrName: string): string =>
  /:autoScalingGroupName\/(.+)$/.exec(arnOrName)?.[1] ?? arnOrName;

/** Whether the group follows the need of the provider's tasks. */
export const isScaled = (provider: CapacityProvider): boolean =>
  provider.autoScalingGroupProvider?.managedScaling.status === 'ENABLED';

/** Whether the cluster may run tasks on the provider. */
export const isAssociated = (
  cluster: { readonly arn: string; readonly capacityProviders?: readonly string[] | undefined },
  provider: CapacityProvider,
): boolean =>
  provider.clusterArn === cluster.arn || (cluster.capacityProviders?.includes(provider.name) ?? false);
