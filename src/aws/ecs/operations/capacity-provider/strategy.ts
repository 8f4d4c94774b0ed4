// A capacity provider strategy as ECS's API takes it: what breaks the rules is an InvalidParameterException.
import type * as ecs from '../../shapes.generated.ts';
import type {
  CapacityProvider,
  CapacityProviderStrategyItem,
} from '../../state/capacity/capacity-provider.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import {
  checkDefaultProviderStrategy,
  checkProviderStrategy,
  providerStrategyToUse,
  refuseInactiveProvider,
  type ProviderLookup,
  type StrategyCluster,
} from '../../scheduler/placement/provider-strategy.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { asInvalidParameter } from '../../../shared/broken-rule.ts';
import { capacityProviderName, findCapacityProvider } from './reference.ts';

type Strategy = readonly CapacityProviderStrategyItem[];
type StrategyInput = readonly ecs.CapacityProviderStrategyItem[];

/** The strategy to run tasks or a service by; throws InvalidParameterException for what cannot run in `cluster`. */
export const checkedStrategy = (
  tx: ReadTransaction,
  cluster: StrategyCluster,
  input: StrategyInput,
): Strategy => asInvalidParameter(() => checkProviderStrategy(cluster, input, providersOf(tx, cluster)));

/** A cluster's default strategy: it may be empty; throws like `checkedStrategy`. */
export const checkedDefaultStrategy = (
  tx: ReadTransaction,
  cluster: StrategyCluster,
  input: StrategyInput,
): Strategy =>
  asInvalidParameter(() => checkDefaultProviderStrategy(cluster, input, providersOf(tx, cluster)));

/** Its own strategy, else the cluster's default, else none (the launch type decides); throws like `checkedStrategy`. */
export const strategyToUse = (
  tx: ReadTransaction,
  cluster: Cluster,
  input: StrategyInput | undefined,
): Strategy | undefined =>
  asInvalidParameter(() => providerStrategyToUse(cluster, input, providersOf(tx, cluster)));

/** Throws InvalidParameterException for a provider that is on its way out or gone. */
export const refuseInactive = (provider: CapacityProvider): void =>
  asInvalidParameter(() => refuseInactiveProvider(provider));

const providersOf = (tx: ReadTransaction, cluster: StrategyCluster): ProviderLookup => ({
  nameOf: (reference) => capacityProviderName(cluster, reference),
  find: (name) => findCapacityProvider(tx, cluster, name),
});
