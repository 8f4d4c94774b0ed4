// The rules of capacity provider strategies as callers give them, the same for tasks, services, clusters and plans.
import {
  isAssociated,
  isBuiltIn,
  type CapacityProvider,
  type CapacityProviderStrategyItem,
} from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import { BrokenRule } from '../../../shared/broken-rule.ts';

type Strategy = readonly CapacityProviderStrategyItem[];

export interface StrategyItemInput {
  /** A name or an ARN. */
  readonly capacityProvider?: string | undefined;
  readonly weight?: number | undefined;
  readonly base?: number | undefined;
}

/** What of a cluster a strategy is checked against: also of one that is only about to be. */
export type StrategyCluster = Pick<Cluster, 'accountId' | 'region' | 'arn' | 'capacityProviders'>;

/** How an API finds capacity providers. */
export interface ProviderLookup {
  /** The name that a reference stands for, whether it exists or not; throws for one that can stand for none. */
  readonly nameOf: (reference: string) => string;
  /** The provider of that name, INACTIVE ones included. */
  readonly find: (name: string) => CapacityProvider | undefined;
}

const maxItems = 20;

/**
 * The strategy to run tasks or a service by, as it is stored: short names, weights and bases complete. Throws
 * BrokenRule in ECS's words for what cannot run in `cluster`; also for an empty one.
 */
export function checkProviderStrategy(
  cluster: StrategyCluster,
  input: readonly StrategyItemInput[],
  providers: ProviderLookup,
): Strategy {
  const checked = checkDefaultProviderStrategy(cluster, input, providers);
  rule(
    hasWeight(checked),
    'There are no capacity providers in the capacity provider strategy with a weight value greater than zero. At least one capacity provider must have a weight value greater than zero specified. Specify a valid capacity provider strategy and try again.',
  );
  return checked;
}

/** A cluster's default strategy: the same rules, but it may be empty, and its weights count only when it is used. */
export function checkDefaultProviderStrategy(
  cluster: StrategyCluster,
  input: readonly StrategyItemInput[],
  providers: ProviderLookup,
): Strategy {
  rule(
    input.length <= maxItems,
    `The maximum number of capacity providers in a capacity provider strategy has been exceeded. Specify at most ${maxItems} and try again.`,
  );
  const items = input.map((item) => completeItem(item, providers));
  refuseTwice(items);
  refuseMix(items.map(({ capacityProvider }) => usableProvider(cluster, providers.find(capacityProvider))));
  rule(
    items.filter((item) => item.base > 0).length <= 1,
    'There are multiple capacity providers in the specified capacity provider strategy with a base value defined. Only one capacity provider can have a base value defined. Specify a valid capacity provider strategy and try again.',
  );
  return items;
}

/**
 * The strategy of a request that may leave it out: its own, else the cluster's default, else none (the launch type
 * decides). Throws BrokenRule like `checkProviderStrategy`.
 */
export function providerStrategyToUse(
  cluster: Cluster,
  input: readonly StrategyItemInput[] | undefined,
  providers: ProviderLookup,
): Strategy | undefined {
  if (input?.length) return checkProviderStrategy(cluster, input, providers);
  const defaultStrategy = cluster.defaultCapacityProviderStrategy;
  if (!defaultStrategy?.length) return undefined;
  rule(
    hasWeight(defaultStrategy),
    "There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy. At least one capacity provider must have a weight value greater than zero specified. Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again.",
  );
  return defaultStrategy;
}

/** Throws BrokenRule for a provider that is on its way out or gone. */
export function refuseInactiveProvider(provider: CapacityProvider): void {
  rule(
    provider.status === 'ACTIVE',
    `The specified capacity provider '${provider.name}' is not in an ACTIVE state. Specify a valid capacity provider and try again.`,
  );
}

const hasWeight = (strategy: Strategy): boolean => strategy.some((item) => item.weight > 0);

function completeItem(
  { capacityProvider = '', weight = 0, base = 0 }: StrategyItemInput,
  { nameOf }: ProviderLookup,
): CapacityProviderStrategyItem {
  rule(weight >= 0 && weight <= 1000, 'weight should be between 0 and 1000.');
  rule(base >= 0 && base <= 100_000, 'base should be between 0 and 100000.');
  return { capacityProvider: nameOf(capacityProvider), weight, base };
}

function refuseTwice(strategy: Strategy): void {
  const names = strategy.map((item) => item.capacityProvider);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  rule(
    twice === undefined,
    `The capacity provider '${twice}' is more than once in the capacity provider strategy. Specify each capacity provider once and try again.`,
  );
}

function usableProvider(cluster: StrategyCluster, provider: CapacityProvider | undefined): CapacityProvider {
  rule(
    provider !== undefined && isAssociated(cluster, provider),
    'The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.',
  );
  refuseInactiveProvider(provider);
  return provider;
}

function refuseMix(providers: readonly CapacityProvider[]): void {
  const onFargate = providers.filter((provider) => isBuiltIn(provider.name)).length;
  rule(
    onFargate === 0 || onFargate === providers.length,
    'A capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate providers. Specify one or the other and try again.',
  );
}

function rule(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new BrokenRule(problem);
}
