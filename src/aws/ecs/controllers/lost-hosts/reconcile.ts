// Whether the host of a container instance is lost, and which tasks there nobody needs to wait for. Pure.
import type { AgentSilence } from '../../state/instance/agent-silence.ts';

type Noted = Pick<AgentSilence, 'since' | 'isLost'>;

export interface HostView {
  /** ACTIVE or DRAINING. */
  readonly isRegistered: boolean;
  /** Epoch ms. */
  readonly registeredAt: number;
  readonly isConnected: boolean;
  /** As it was last noted. */
  readonly silence: Noted | undefined;
  /** Every instance of its cluster was silent. */
  readonly wereAllSilent: boolean;
  /** Tasks of services there that were told to stop and have not been given up. */
  readonly stopping: readonly string[];
}

export interface HostPlan {
  /** As it is to be noted. */
  readonly silence: Noted | undefined;
  /** The silence of all others in its cluster counts from now on. */
  readonly forgives: boolean;
  /** ARNs of tasks that can no longer say that they stopped. */
  readonly giveUp: readonly string[];
  /** Epoch ms when the host is lost if nothing is heard of it until then. */
  readonly changesAt?: number | undefined;
}

/** An agent connects within this of its instance's registration, ms. */
const firstSession = 60_000;

/**
 * A host is lost once its agent was silent for `lostAfter` ms, and until it is back. When all hosts of a cluster were
 * silent, what failed was most probably the way to them: with the first that is back, the others get their time again.
 */
export function reconcile(view: HostView, lostAfter: number, now: number): HostPlan {
  const { silence } = view;
  if (!view.isRegistered) return { silence: undefined, forgives: false, giveUp: [] };
  if (view.isConnected) {
    const isBack = silence !== undefined && view.registeredAt + firstSession < silence.since;
    return { silence: undefined, forgives: isBack && view.wereAllSilent, giveUp: [] };
  }
  const since = silence?.since ?? now;
  const lostAt = since + lostAfter;
  if (lostAt > now && silence?.isLost !== true)
    return { silence: { since, isLost: false }, forgives: false, giveUp: [], changesAt: lostAt };
  return { silence: { since, isLost: true }, forgives: false, giveUp: view.stopping };
}
