// Two ends of a connection in memory, for tests of whatever talks over one.
import type { Connection } from '../src/agent-protocol/transport.ts';

class End implements Connection {
  onMessage: (text: string) => void = () => undefined;
  onClose: (code: number, reason: string) => void = () => undefined;
  peer: End | undefined;
  #open = true;

  send(text: string): void {
    const { peer } = this;
    if (this.#open && peer) queueMicrotask(() => peer.receive(text));
  }

  receive(text: string): void {
    if (this.#open) this.onMessage(text);
  }

  close(code: number, reason: string): void {
    for (const end of [this, this.peer]) queueMicrotask(() => end?.end(code, reason));
  }

  end(code: number, reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.onClose(code, reason);
  }
}

/** What one end sends arrives at the other in order, a microtask later; so does a close, at both. */
export function connectionPair(): [Connection, Connection] {
  const [a, b] = [new End(), new End()];
  a.peer = b;
  b.peer = a;
  return [a, b];
}
