// Messages that the agent has not acknowledged yet, and the timeout of each.
import { backoffDelay, type BackoffPolicy } from '../lib/backoff.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';

/** Waits for acknowledgements by message id; each wait ends by `acknowledged`, by its timeout, or by `close`. */
export class PendingAcks {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #policy: BackoffPolicy;
  readonly #waiting = new Map<string, Timer>();

  constructor(options: { readonly clock: Clock; readonly random: Random; readonly policy: BackoffPolicy }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#policy = options.policy;
  }

  /** Calls `onTimeout` unless the message is acknowledged in time; `attempt` is 0 for its first sending. */
  expect(messageId: string, attempt: number, onTimeout: () => void): void {
    const delay = backoffDelay(this.#policy, attempt, this.#random);
    const timer = this.#clock.after(delay, () => {
      this.#waiting.delete(messageId);
      onTimeout();
    });
    this.#waiting.set(messageId, timer);
  }

  /** Ends the wait for a message; answers whether there was one. */
  acknowledged(messageId: string): boolean {
    this.#waiting.get(messageId)?.cancel();
    return this.#waiting.delete(messageId);
  }

  close(): void {
    for (const timer of this.#waiting.values()) timer.cancel();
    this.#waiting.clear();
  }
}
