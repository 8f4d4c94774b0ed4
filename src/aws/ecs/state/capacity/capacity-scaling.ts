// What is remembered of a capacity provider in a cluster: the hosts that were asked for, and how much of it was in use.

/** The provider's short name and its cluster's ARN; their rows' key is both. */
export interface ProviderInCluster {
  readonly clusterArn: string;
  readonly capacityProviderName: string;
}

/** The key of a provider's rows; cluster ARNs have no second slash. */
export const providerKey = ({ clusterArn, capacityProviderName }: ProviderInCluster): string =>
  `${clusterArn}/${capacityProviderName}`;

/** Reads what `providerKey` writes. */
export function parseProviderKey(key: string): ProviderInCluster {
  const at = key.lastIndexOf('/');
  return { clusterArn: key.slice(0, at), capacityProviderName: key.slice(at + 1) };
}

/** Hosts that were asked for together and may not have registered yet. */
export interface ExpectedInstances {
  readonly count: number;
  /** Epoch ms at which they were asked for. */
  readonly since: number;
}

/** Outlives the process, or a restart would ask for the same hosts again. */
export interface CapacityExpectation extends ProviderInCluster {
  readonly version: number;
  /** The oldest first. */
  readonly expected: readonly ExpectedInstances[];
}

/** One point of the metric CapacityProviderReservation. */
export interface CapacityReservation extends ProviderInCluster {
  readonly version: number;
  readonly clusterName: string;
  /** Per cent: needed instances for each that there is. */
  readonly reservation: number;
  readonly instancesNeeded: number;
  /** Registered ones and those that are expected. */
  readonly instances: number;
  /** Points in a row at which fewer instances would have done. */
  readonly lowPoints: number;
  /** Epoch ms. */
  readonly at: number;
}
