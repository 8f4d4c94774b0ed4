// The places that rank lowest, kept while tasks are placed one after the other. Pure array work over the whole fleet.
import type { Random } from '../../../../lib/random.ts';
import type { Ranking } from './strategies/ranking.ts';

/** Chooses among places by their rankings, which must have been made for the fleet that the places are of. */
export class CandidateRanking {
  readonly #ranked: readonly Ranking[];
  readonly #isLocal: boolean;
  #places: readonly number[];
  /** Those of the places that rank equally low; empty when that is to be worked out anew. */
  #equals: number[] = [];

  constructor(places: readonly number[], ranked: readonly Ranking[]) {
    this.#places = places;
    this.#ranked = ranked;
    this.#isLocal = ranked.every((ranking) => ranking.isLocal);
  }

  get isEmpty(): boolean {
    return this.#places.length === 0;
  }

  /** The lowest place; equals are told apart by chance, or one instance would get every first task. */
  lowest(random: Random): number {
    if (this.#equals.length === 0) this.#equals = lowestOf(this.#places, this.#ranked);
    return this.#equals[Math.floor(random.next() * this.#equals.length)]!;
  }

  /** A task was placed at `at`; `fits` says whether there may be another one. */
  placed(at: number, fits: boolean): void {
    for (const ranking of this.#ranked) ranking.placed(at);
    if (!fits) this.#places = this.#places.filter((place) => place !== at);
    if (!this.#isLocal) this.#equals = [];
    else if (!fits) this.#remove(at);
    else this.#compareAgain(at);
  }

  /** Only the place itself ranks otherwise now: higher than its equals, lower, or still like them. */
  #compareAgain(at: number): void {
    const other = this.#equals.find((place) => place !== at);
    const order = other === undefined ? 1 : compare(at, other, this.#ranked);
    if (order > 0) this.#remove(at);
    else if (order < 0) this.#equals = [at];
  }

  #remove(at: number): void {
    const where = this.#equals.indexOf(at);
    this.#equals[where] = this.#equals.at(-1)!;
    this.#equals.pop();
  }
}

function lowestOf(places: readonly number[], ranked: readonly Ranking[]): number[] {
  let equals = places;
  for (const { scores } of ranked) equals = withLeast(equals, scores);
  return equals === places ? [...places] : (equals as number[]);
}

function withLeast(places: readonly number[], scores: Float64Array): readonly number[] {
  let least = Infinity;
  let count = 0;
  for (const at of places) {
    const score = scores[at]!;
    if (score < least) {
      least = score;
      count = 1;
    } else if (score === least) {
      count += 1;
    }
  }
  return count === places.length ? places : places.filter((at) => scores[at] === least);
}

function compare(a: number, b: number, ranked: readonly Ranking[]): number {
  for (const { scores } of ranked) {
    const difference = scores[a]! - scores[b]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
