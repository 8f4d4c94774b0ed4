// A service event: one sentence about what a service did, as users read it. The controllers write them.

/** How many ECS keeps of a service. */
export const keptServiceEvents = 100;

export interface ServiceEvent {
  readonly version: number;
  /** UUID. */
  readonly id: string;
  readonly serviceArn: string;
  /** Grows by one at each event of the service. */
  readonly number: number;
  readonly message: string;
  /** Epoch ms. */
  readonly createdAt: number;
}
