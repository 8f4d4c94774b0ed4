// Since when an agent is disconnected, and whether its container instance counts as lost.

/** Agents renew their connections twice an hour: an absence shorter than this, ms, says nothing. */
export const reconnectTime = 10_000;

/** An instance whose agent is not connected; gone with the process, as its sessions are. */
export interface DisconnectedAgent {
  readonly version: number;
  readonly containerInstanceArn: string;
  readonly clusterArn: string;
  /** Epoch ms. Of an agent that was not heard of since the control plane started, that start. */
  readonly since: number;
  /** It has lasted as long as it may: services replace the tasks there. */
  readonly isLost: boolean;
}
