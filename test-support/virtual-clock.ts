// A clock that moves only when told to, for running hours of cluster life in milliseconds.
import type { Clock, Timer } from '../src/lib/clock.ts';
import { PriorityQueue } from '../src/lib/priority-queue.ts';

interface Pending {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const isBefore = (one: Pending, other: Pending): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/**
 * Virtual time: timers fire in order of due time, then of creation, while `advance` moves the clock. Its wall clock is right until
 * somebody sets it.
 */
export class VirtualClock implements Clock {
  #now: number;
  #wrongBy = 0;
  #order = 0;
  readonly #pending = new PriorityQueue<Pending>(isBefore);

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return this.#now + this.#wrongBy;
  }

  elapsed(): number {
    return this.#now;
  }

  /** Sets the wall clock forward by so many ms, back where they are negative. Time itself goes on as before. */
  setWall(by: number): void {
    this.#wrongBy += by;
  }

  after(delay: number, run: () => void): Timer {
    // Whole milliseconds, as the machine's clock has them.
    const at = this.#now + Math.ceil(Math.max(0, delay));
    const entry = this.#pending.add({ at, order: this.#order++, run });
    return { cancel: () => this.#pending.remove(entry) };
  }

  /** Due time of the earliest timer, or undefined when none is pending. */
  nextAt(): number | undefined {
    return this.#pending.first()?.at;
  }

  /** Moves time on by `duration` ms, letting promise callbacks settle before and after each timer that falls due; what the machine has to tell (files, threads) is heard before and after all. */
  async advance(duration: number): Promise<void> {
    const end = this.#now + duration;
    await flushPromises();
    for (let next = this.nextAt(); next !== undefined && next <= end; next = this.nextAt()) {
      this.#now = Math.max(this.#now, next);
      this.#pending.take()!.run();
      await drained();
    }
    this.#now = end;
    await flushPromises();
  }
}

/** As `flushPromises`, without a look at what the machine has to tell, which is most of what that costs: between timers nothing comes of it. */
const drained = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(resolve);
  });

/** Waits until every promise callback that is already runnable, and those they start, has run. */
export function flushPromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
