// A transport for a whole fleet: so many calls and handshakes at a time, that a fleet neither drowns the control plane nor this machine.
import type { AgentTransport } from '../agent-protocol/transport.ts';
import { Gate } from '../lib/gate.ts';

export interface TransportLimits {
  readonly calls: number;
  /** Handshakes under way; open connections are not limited. */
  readonly handshakes: number;
}

/** `transport` with its work queued beyond `limits`. */
export function boundedTransport(transport: AgentTransport, limits: TransportLimits): AgentTransport {
  const calls = new Gate(limits.calls);
  const handshakes = new Gate(limits.handshakes);
  return {
    call: (operation, input) => calls.run(() => transport.call(operation, input)),
    connect: (url) => handshakes.run(() => transport.connect(url)),
  };
}
