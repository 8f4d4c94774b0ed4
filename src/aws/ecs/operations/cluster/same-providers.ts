// Whether a repeated CreateCluster asks for the capacity providers that the cluster has.
import type { CreateClusterRequest } from '../../shapes.generated.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import { invalidParameter } from '../../errors.ts';
import { lastPart } from '../../../../lib/arn.ts';

/** Throws InvalidParameterException when the request names other providers or another default strategy; order is nothing. */
export function refuseDifferentProviders(cluster: Cluster, input: CreateClusterRequest): void {
  const providers = input.capacityProviders?.map(lastPart);
  const strategy = input.defaultCapacityProviderStrategy?.map(({ capacityProvider, weight = 0, base = 0 }) =>
    itemText(lastPart(capacityProvider), weight, base),
  );
  const stored = cluster.defaultCapacityProviderStrategy?.map(({ capacityProvider, weight, base }) =>
    itemText(capacityProvider, weight, base),
  );
  if (
    (providers && !sameSet(providers, cluster.capacityProviders ?? [])) ||
    (strategy && !sameSet(strategy, stored ?? []))
  ) {
    throw invalidParameter(
      'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
    );
  }
}

const itemText = (name: string, weight: number, base: number): string => `${name} ${weight} ${base}`;

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  new Set(one).size === new Set(other).size && one.every((text) => other.includes(text));
