// One process of the simulation: it can be killed at any moment, and then hears and does nothing any more.
import type { Clock, Timer } from '../../src/lib/clock.ts';

const noTimer: Timer = { cancel: () => undefined };

/** A process on a shared clock; whatever it waits for dies with it. */
export class Process {
  /** The clock as the process sees it. */
  readonly clock: Clock;
  readonly #timers = new Set<Timer>();
  readonly #death = Promise.withResolvers<void>();
  #alive = true;

  constructor(clock: Clock) {
    this.clock = {
      now: () => clock.now(),
      wall: () => clock.wall(),
      elapsed: () => clock.elapsed(),
      after: (delay, run) => this.#after(clock, delay, run),
    };
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Resolves when the process is killed. */
  get died(): Promise<void> {
    return this.#death.promise;
  }

  kill(): void {
    this.#alive = false;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#death.resolve();
  }

  /** What `work` comes to, for as long as the process is there to hear of it. */
  hear<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      work.then(
        (value) => this.#alive && resolve(value),
        (error: unknown) => this.#alive && reject(error as Error),
      );
    });
  }

  #after(clock: Clock, delay: number, run: () => void): Timer {
    if (!this.#alive) return noTimer;
    const timer = clock.after(delay, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
    return {
      cancel: () => {
        timer.cancel();
        this.#timers.delete(timer);
      },
    };
  }
}
