// Percentiles of any number of numbers in bounded memory: exact for the first thousands, then within half a percent.

const exactCount = 10_000;
const accuracy = 0.005;
const gamma = (1 + accuracy) / (1 - accuracy);
const logGamma = Math.log(gamma);

export class Percentiles {
  #exact: number[] | undefined = [];
  /** How many numbers are in each bucket; buckets grow by a constant factor, so that each is as exact as the others. */
  readonly #positive = new Map<number, number>();
  readonly #negative = new Map<number, number>();
  #zeros = 0;
  #count = 0;

  add(value: number): void {
    this.#count++;
    if (this.#exact === undefined) return this.#sketch(value);
    this.#exact.push(value);
    if (this.#exact.length < exactCount) return;
    const values = this.#exact;
    this.#exact = undefined;
    for (const one of values) this.#sketch(one);
  }

  /** The number that `percent` of all are at or below; undefined where there are none. */
  at(percent: number): number | undefined {
    if (this.#count === 0) return undefined;
    const rank = Math.min(this.#count - 1, Math.max(0, Math.ceil((percent / 100) * this.#count) - 1));
    if (this.#exact !== undefined) return this.#exact.toSorted((one, other) => one - other)[rank];
    return this.#fromSketch(rank);
  }

  #sketch(value: number): void {
    if (value === 0) {
      this.#zeros++;
      return;
    }
    const buckets = value > 0 ? this.#positive : this.#negative;
    const bucket = Math.ceil(Math.log(Math.abs(value)) / logGamma);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }

  #fromSketch(rank: number): number {
    let left = rank;
    for (const [bucket, count] of [...this.#negative].toSorted(([one], [other]) => other - one)) {
      if (left < count) return -middle(bucket);
      left -= count;
    }
    if (left < this.#zeros) return 0;
    left -= this.#zeros;
    for (const [bucket, count] of [...this.#positive].toSorted(([one], [other]) => one - other)) {
      if (left < count) return middle(bucket);
      left -= count;
    }
    throw new Error('a rank beyond all numbers');
  }
}

const middle = (bucket: number): number => (2 * gamma ** bucket) / (gamma + 1);
