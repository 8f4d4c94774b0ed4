// How long an agent has said nothing, and whether its container instance counts as lost.

/** An instance whose agent is not connected; gone with the process, as its sessions are. */
export interface AgentSilence {
  readonly version: number;
  readonly containerInstanceArn: string;
  readonly clusterArn: string;
  /** Epoch ms. Of an agent that was not heard of since the control plane started, that start. */
  readonly since: number;
  /** It has lasted as long as it may: services do without the tasks there. */
  readonly isLost: boolean;
}
