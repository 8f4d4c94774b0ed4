// Whether the host of a container instance is lost, and which tasks there nobody needs to wait for. Pure.
import { reconnectTime, type DisconnectedAgent } from '../../state/instance/disconnected-agent.ts';

type Noted = Pick<DisconnectedAgent, 'since' | 'isLost'>;

export interface HostView {
  /** ACTIVE or DRAINING. */
  readonly isRegistered: boolean;
  /** Epoch ms. */
  readonly registeredAt: number;
  readonly isConnected: boolean;
  /** As it was last noted. */
  readonly disconnection: Noted | undefined;
  /** Every agent of its cluster was disconnected. */
  readonly wereAllDisconnected: boolean;
  /** Tasks of services there that were told to stop and have not been abandoned. */
  readonly stopping: readonly string[];
}

export interface HostPlan {
  /** As it is to be noted. */
  readonly disconnection: Noted | undefined;
  /** The disconnection of all others in its cluster counts from now on. */
  readonly forgives: boolean;
  /** ARNs of tasks that can no longer say that they stopped. */
  readonly abandon: readonly string[];
  /** Epoch ms when the host is lost if nothing is heard of it until then. */
  readonly changesAt?: number | undefined;
}

/** An agent connects within this of its instance's registration, ms. */
const firstSession = 60_000;

/**
 * A host is lost once its agent was disconnected for `lostAfter` ms, and until it is back. When all hosts of a cluster were
 * disconnected, what failed was most probably the network: with the first that is back, the others get their time again. One that
 * only renewed its connection was not away.
 */
export function reconcile(view: HostView, lostAfter: number, now: number): HostPlan {
  const { disconnection } = view;
  if (!view.isRegistered) return { disconnection: undefined, forgives: false, abandon: [] };
  if (view.isConnected) {
    const isBack =
      disconnection !== undefined &&
      view.registeredAt + firstSession < disconnection.since &&
      now - disconnection.since >= reconnectTime;
    return { disconnection: undefined, forgives: isBack && view.wereAllDisconnected, abandon: [] };
  }
  const since = disconnection?.since ?? now;
  const lostAt = since + lostAfter;
  if (lostAt > now && disconnection?.isLost !== true)
    return { disconnection: { since, isLost: false }, forgives: false, abandon: [], changesAt: lostAt };
  return { disconnection: { since, isLost: true }, forgives: false, abandon: view.stopping };
}
