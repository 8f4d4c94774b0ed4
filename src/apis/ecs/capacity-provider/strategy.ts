// The rules of a capacity provider strategy, wherever one is given: RunTask, services, task sets, a cluster's default.
import type * as ecs from '@aws-sdk/client-ecs';
import {
  isAssociated,
  isBuiltIn,
  type CapacityProvider,
  type CapacityProviderStrategyItem,
} from '../../../model/capacity-provider.ts';
import type { Cluster } from '../../../model/cluster.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Input } from '../ecs.ts';
import { invalidParameter } from '../errors.ts';
import { capacityProviderName, findCapacityProvider } from './reference.ts';

type Strategy = readonly CapacityProviderStrategyItem[];
type Given = Input<ecs.CapacityProviderStrategyItem[]>;
/** What of a cluster a strategy is checked against: also of one that is only about to be. */
export type StrategyCluster = Pick<Cluster, 'accountId' | 'region' | 'arn' | 'capacityProviders'>;

const mostItems = 20;

/**
 * The strategy to run tasks or a service by, as it is stored: short names, weights and bases complete. Throws
 * InvalidParameterException in ECS's words for what cannot run in `cluster`; also for an empty one.
 */
export function checkedStrategy(tx: ReadTransaction, cluster: StrategyCluster, strategy: Given): Strategy {
  const checked = checkedDefaultStrategy(tx, cluster, strategy);
  if (!hasWeight(checked)) {
    throw invalidParameter(
      'There are no capacity providers in the capacity provider strategy with a weight value greater than zero. At least one capacity provider must have a weight value greater than zero specified. Specify a valid capacity provider strategy and try again.',
    );
  }
  return checked;
}

/** A cluster's default strategy: the same rules, but it may be empty, and its weights count only when it is used. */
export function checkedDefaultStrategy(
  tx: ReadTransaction,
  cluster: StrategyCluster,
  strategy: Given,
): Strategy {
  if (strategy.length > mostItems) {
    throw invalidParameter(
      `The maximum number of capacity providers in a capacity provider strategy has been exceeded. Specify at most ${mostItems} and try again.`,
    );
  }
  const items = strategy.map((item) => completeItem(cluster, item));
  refuseTwice(items);
  refuseMix(items.map((item) => usableProvider(tx, cluster, item.capacityProvider)));
  if (items.filter((item) => item.base > 0).length > 1) {
    throw invalidParameter(
      'There are multiple capacity providers in the specified capacity provider strategy with a base value defined. Only one capacity provider can have a base value defined. Specify a valid capacity provider strategy and try again.',
    );
  }
  return items;
}

/**
 * The strategy of a request that may leave it out: its own, else the cluster's default, else none (the launch type
 * decides). Throws InvalidParameterException like `checkedStrategy`.
 */
export function strategyToUse(
  tx: ReadTransaction,
  cluster: Cluster,
  given: Given | undefined,
): Strategy | undefined {
  if (given?.length) return checkedStrategy(tx, cluster, given);
  const usual = cluster.defaultCapacityProviderStrategy;
  if (!usual?.length) return undefined;
  if (!hasWeight(usual)) {
    throw invalidParameter(
      "There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy. At least one capacity provider must have a weight value greater than zero specified. Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again.",
    );
  }
  return usual;
}

const hasWeight = (strategy: Strategy): boolean => strategy.some((item) => item.weight > 0);

function completeItem(
  cluster: StrategyCluster,
  given: Input<ecs.CapacityProviderStrategyItem>,
): CapacityProviderStrategyItem {
  const { weight = 0, base = 0 } = given;
  if (weight < 0 || weight > 1000) throw invalidParameter('weight should be between 0 and 1000.');
  if (base < 0 || base > 100_000) throw invalidParameter('base should be between 0 and 100000.');
  return {
    capacityProvider: capacityProviderName(cluster, given.capacityProvider ?? ''),
    weight,
    base,
  };
}

function refuseTwice(strategy: Strategy): void {
  const names = strategy.map((item) => item.capacityProvider);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw invalidParameter(
    `The capacity provider '${twice}' is more than once in the capacity provider strategy. Specify each capacity provider once and try again.`,
  );
}

function usableProvider(tx: ReadTransaction, cluster: StrategyCluster, name: string): CapacityProvider {
  const provider = findCapacityProvider(tx, cluster, name);
  if (!provider || !isAssociated(cluster, provider)) {
    throw invalidParameter(
      'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
    );
  }
  refuseInactive(provider);
  return provider;
}

/** Throws InvalidParameterException for a provider that is on its way out or gone. */
export function refuseInactive(provider: CapacityProvider): void {
  if (provider.status === 'ACTIVE') return;
  throw invalidParameter(
    `The specified capacity provider '${provider.name}' is not in an ACTIVE state. Specify a valid capacity provider and try again.`,
  );
}

function refuseMix(providers: readonly CapacityProvider[]): void {
  const onFargate = providers.filter((provider) => isBuiltIn(provider.name)).length;
  if (onFargate === 0 || onFargate === providers.length) return;
  throw invalidParameter(
    'A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.',
  );
}
