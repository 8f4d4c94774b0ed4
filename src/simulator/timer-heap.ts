// One timer of the machine's for all of a fleet's: a heap costs less than thousands of timers that are mostly cancelled.
import type { Clock, Timer } from '../lib/clock.ts';
import { PriorityQueue } from '../lib/priority-queue.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const isBefore = (one: Due, other: Due): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** `clock`'s time, with timers that share one of `clock`'s. */
export class TimerHeap implements Clock {
  readonly #clock: Clock;
  readonly #queue = new PriorityQueue<Due>(isBefore);
  #order = 0;
  #alarm: { readonly at: number; readonly timer: Timer } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  wall(): number {
    return this.#clock.wall();
  }

  elapsed(): number {
    return this.#clock.elapsed();
  }

  after(delay: number, run: () => void): Timer {
    const at = this.elapsed() + Math.max(0, delay);
    const entry = this.#queue.add({ at, order: this.#order++, run });
    this.#setAlarm();
    return { cancel: () => this.#queue.remove(entry) };
  }

  /** An alarm that comes too early, its timer having been cancelled, only sets the next one. */
  #setAlarm(): void {
    const at = this.#queue.first()?.at;
    if (at === undefined || (this.#alarm !== undefined && this.#alarm.at <= at)) return;
    this.#alarm?.timer.cancel();
    this.#alarm = { at, timer: this.#clock.after(Math.max(0, at - this.elapsed()), () => this.#ring()) };
  }

  #ring(): void {
    this.#alarm = undefined;
    const now = this.elapsed();
    try {
      for (let next = this.#queue.first(); next !== undefined && next.at <= now; next = this.#queue.first()) {
        this.#queue.take()!.run();
      }
    } finally {
      this.#setAlarm();
    }
  }
}
