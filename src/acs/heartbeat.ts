// Keeps a link from looking dead to the agent, and notices an agent that is dead.
import type { Clock, Timer } from '../lib/clock.ts';

export interface HeartbeatOptions {
  readonly clock: Clock;
  /** Ms between two beats. */
  readonly interval: number;
  /** Ms of silence after which the other side counts as gone; undefined = never. */
  readonly heartbeatTimeout?: number | undefined;
  readonly beat: () => void;
  readonly onTimeout?: (() => void) | undefined;
}

/** Beats from `interval` ms after its start until it is closed or the other side was silent for too long. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #heardAt: number;
  #nextBeatAt: number;
  #timer: Timer;
  #closed = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#heardAt = options.clock.elapsed();
    this.#nextBeatAt = this.#heardAt + options.interval;
    this.#timer = this.#schedule();
  }

  /** Notes a sign of life from the other side. */
  heard(): void {
    this.#heardAt = this.#options.clock.elapsed();
  }

  close(): void {
    this.#closed = true;
    this.#timer.cancel();
  }

  #timeoutAt(): number {
    return this.#heardAt + (this.#options.heartbeatTimeout ?? Infinity);
  }

  #schedule(): Timer {
    const { clock } = this.#options;
    const due = Math.min(this.#nextBeatAt, this.#timeoutAt());
    return clock.after(due - clock.elapsed(), () => this.#tick());
  }

  #tick(): void {
    const { clock, interval, beat, onTimeout } = this.#options;
    if (clock.elapsed() >= this.#timeoutAt()) {
      onTimeout?.();
      return;
    }
    if (clock.elapsed() >= this.#nextBeatAt) {
      this.#nextBeatAt = clock.elapsed() + interval;
      beat();
    }
    // A beat may have ended the link.
    if (!this.#closed) this.#timer = this.#schedule();
  }
}
