// A connection over the simulated network: frames are late, lost or doubled, and either end may be gone without a word.
import type { Connection } from '../../src/agent-protocol/transport.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { MessageFaults } from './message-faults.ts';

export interface ChannelOptions {
  readonly clock: Clock;
  readonly messageFaults: MessageFaults;
  /** Whether anything gets through at this moment. */
  readonly isUp: () => boolean;
  /** Epoch ms before which nothing arrives at the client: only then has it set its handlers. */
  readonly clientReadyAt: number;
  /** Whether the process at each end still lives. */
  readonly serverAlive: () => boolean;
  readonly clientAlive: () => boolean;
}

class End implements Connection {
  onMessage: (text: string) => void = () => undefined;
  onClose: (code: number, reason: string) => void = () => undefined;
  peer: End | undefined;
  readonly #options: ChannelOptions;
  readonly #alive: () => boolean;
  /** Frames arrive in order, whatever each one's delay. */
  #lastArrival: number;
  #open = true;

  constructor(options: ChannelOptions, alive: () => boolean, readyAt: number) {
    this.#options = options;
    this.#alive = alive;
    this.#lastArrival = readyAt;
  }

  send(text: string): void {
    if (!this.#open || !this.#alive()) return;
    for (let copies = this.#options.messageFaults.copies(); copies > 0; copies--) this.peer?.arrive(text);
  }

  arrive(text: string): void {
    this.#later(() => {
      if (this.#open && this.#alive()) this.onMessage(text);
    });
  }

  close(code: number, reason: string): void {
    this.#later(() => this.end(code, reason));
    this.peer?.hearClose(code, reason);
  }

  hearClose(code: number, reason: string): void {
    this.#later(() => this.end(code, reason));
  }

  /** What happened while nothing got through is never heard of. */
  #later(happens: () => void): void {
    const { clock, messageFaults, isUp } = this.#options;
    this.#lastArrival = Math.max(this.#lastArrival, clock.now() + messageFaults.delay());
    clock.after(this.#lastArrival - clock.now(), () => {
      if (isUp()) happens();
    });
  }

  end(code: number, reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#alive()) this.onClose(code, reason);
  }
}

/** A connection with a server's end, a client's end, and a knife. */
export interface Channel {
  readonly server: Connection;
  readonly client: Connection;
  /** Drops the connection under both. */
  cut(): void;
}

export function openChannel(options: ChannelOptions): Channel {
  const server = new End(options, options.serverAlive, options.clock.now());
  const client = new End(options, options.clientAlive, options.clientReadyAt);
  server.peer = client;
  client.peer = server;
  return {
    server,
    client,
    cut: () => {
      server.hearClose(1006, '');
      client.hearClose(1006, '');
    },
  };
}
