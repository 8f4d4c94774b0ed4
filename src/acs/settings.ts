import type { BackoffPolicy } from '../lib/backoff.ts';

/** Durations in ms. */
export interface AgentLinkSettings {
  /** Between two heartbeats; the agent gives up after 60 s without a word from us. */
  readonly heartbeatInterval: number;
  /** How long an agent of protocol version 2 may say nothing before it counts as gone. */
  readonly heartbeatTimeout: number;
  /** When a message that was not acknowledged goes out again. */
  readonly resend: BackoffPolicy;
}

export const defaultAgentLinkSettings: AgentLinkSettings = {
  heartbeatInterval: 30_000,
  heartbeatTimeout: 75_000,
  resend: { min: 20_000, max: 300_000, factor: 2, jitter: 0.1 },
};
