// Lets a limited number of works run at a time; the others wait in order.

/** At most `limit` works at once. */
export class Gate {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** How many of `#waiting` were let in already: taking from the front of a long array is slow. */
  #served = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work` once there is room, and answers or throws what it does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limit) await this.#turn();
    else this.#running += 1;
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Whoever leaves hands the place on, so that nobody who comes meanwhile gets in before those who wait. */
  #leave(): void {
    const next = this.#waiting[this.#served];
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#served += 1;
    if (this.#served * 2 > this.#waiting.length) {
      this.#waiting.splice(0, this.#served);
      this.#served = 0;
    }
    next();
  }
}
