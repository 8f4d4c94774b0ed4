// The event loop shared out: work that comes in bursts (requests, payloads, steps of controllers) takes a turn only as long as it has time
// left, and the rest waits for the next one, so that nothing else is held up.
import type { Clock } from './clock.ts';

export interface Turns {
  /** Does `work`, which must not throw, now where the running turn has time left; else in a later one, in the order of asking. */
  run(work: () => void): void;
  /** Whether the running turn has time for more. */
  hasTime(): boolean;
}

/** For simulations, in whose turns no time passes: everything is done at once. */
export const endlessTurns: Turns = { run: (work) => work(), hasTime: () => true };

/** What `work` answers once it was its turn; rejects with what it throws. */
export const inTurn = <T>(turns: Turns, work: () => T | Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    turns.run(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });

/** Those of this process's event loop: `length` is the time, in ms by `clock`, after which no more work begins in one. */
export const eventLoopTurns = (length: number, clock: Pick<Clock, 'elapsed'>): Turns =>
  new EventLoopTurns(length, clock);

class EventLoopTurns implements Turns {
  readonly #length: number;
  readonly #clock: Pick<Clock, 'elapsed'>;
  #waiting: (() => void)[] = [];
  /** When work began in the running turn, in ms; undefined before any did. */
  #began: number | undefined;
  #isEndAwaited = false;

  constructor(length: number, clock: Pick<Clock, 'elapsed'>) {
    this.#length = length;
    this.#clock = clock;
  }

  run(work: () => void): void {
    if (this.#waiting.length === 0 && this.hasTime()) {
      work();
      return;
    }
    this.#waiting.push(work);
    this.#awaitEnd();
  }

  hasTime(): boolean {
    const now = this.#clock.elapsed();
    this.#began ??= now;
    this.#awaitEnd();
    return now - this.#began < this.#length;
  }

  /** The event loop calls at the end of each turn, after all that came in from outside. */
  #awaitEnd(): void {
    if (this.#isEndAwaited) return;
    this.#isEndAwaited = true;
    setImmediate(() => {
      this.#isEndAwaited = false;
      this.#end();
    });
  }

  /** One at least is done: a turn that is always full must not keep work waiting for ever. */
  #end(): void {
    const waiting = this.#waiting;
    let done = 0;
    while (done < waiting.length && (done === 0 || this.hasTime())) waiting[done++]!();
    this.#waiting = waiting.slice(done);
    this.#began = undefined;
    if (this.#waiting.length > 0) this.#awaitEnd();
  }
}
