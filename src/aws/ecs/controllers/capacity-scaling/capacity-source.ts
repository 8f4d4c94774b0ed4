// The seam to whatever makes container instances: who starts and stops the hosts of an Auto Scaling group.

/** Whose hosts they are, and where they are to register. */
export interface CapacityGroup {
  /** The Auto Scaling group's name. */
  readonly group: string;
  readonly capacityProvider: string;
  readonly cluster: string;
  readonly region: string;
}

/** A host that is no longer needed. */
export interface UnneededInstance {
  /** What its group calls it (`hostIdOf`). */
  readonly hostId: string;
  readonly containerInstanceArn: string;
}

export interface CapacitySource {
  /** Whether it starts and stops the hosts of the group of that name. */
  serves(group: string): boolean;
  /** Resolves once `count` more hosts are on their way; rejects with an Error when that could not be done. */
  start(group: CapacityGroup, count: number): Promise<void>;
  /** Resolves once these hosts are gone, those that were gone before included; rejects with an Error otherwise. */
  stop(group: CapacityGroup, instances: readonly UnneededInstance[]): Promise<void>;
}

/** Where nobody starts or stops anything. */
export const noCapacitySource: CapacitySource = {
  serves: () => false,
  start: () => Promise.reject(new Error('no capacity source')),
  stop: () => Promise.reject(new Error('no capacity source')),
};
