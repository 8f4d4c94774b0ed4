// How often to measure: in rounds, each of which takes every candidate once, until more rounds would not change the outcome.
import { median } from './statistics.ts';

/** One measurement of each candidate, by name, made next to each other so that they share the machine's mood. */
export type Round = Readonly<Record<string, number>>;

export interface RoundsOptions {
  /** Rounds whose figures are thrown away. */
  readonly warmUp: number;
  readonly min: number;
  readonly max: number;
  /** Enough is measured when `outcome` of the earlier and of the later half differ by no more than this share of it. */
  readonly tolerance: number;
  /** What is concluded from rounds, e.g. a ratio. */
  readonly outcome: (rounds: readonly Round[]) => number;
  /** Told of each round that counts. */
  readonly onRound?: (round: Round, count: number) => void;
}

export interface Measured {
  readonly rounds: readonly Round[];
  readonly outcome: number;
  /** The outcome of the earlier and of the later half alone. */
  readonly halves: readonly [number, number];
  /** Whether the halves agree within the tolerance. */
  readonly stable: boolean;
}

/** Measures until the outcome is stable, or `max` rounds were made; `round` is given its number, warm-ups counted. */
export async function measureRounds(
  options: RoundsOptions,
  round: (number: number) => Promise<Round>,
): Promise<Measured> {
  const { warmUp, min, max } = options;
  const rounds: Round[] = [];
  for (let number = 0; number < warmUp; number++) await round(number);
  for (;;) {
    const made = await round(warmUp + rounds.length);
    rounds.push(made);
    options.onRound?.(made, rounds.length);
    if (rounds.length < min) continue;
    const measured = conclude(rounds, options);
    if (measured.stable || rounds.length >= max) return measured;
  }
}

function conclude(rounds: readonly Round[], { outcome, tolerance }: RoundsOptions): Measured {
  const middle = Math.floor(rounds.length / 2);
  const halves = [outcome(rounds.slice(0, middle)), outcome(rounds.slice(middle))] as const;
  const whole = outcome(rounds);
  return {
    rounds,
    outcome: whole,
    halves,
    stable: Math.abs(halves[0] - halves[1]) <= tolerance * Math.abs(whole),
  };
}

/** Every round's figure of one candidate; throws an Error when one lacks it. */
export const series = (rounds: readonly Round[], name: string): readonly number[] =>
  rounds.map((round) => {
    const value = round[name];
    if (value === undefined) throw new Error(`a round did not measure ${name}`);
    return value;
  });

/** The median of what a candidate is to another in the same round, where both met the machine in the same mood. */
export const medianRatio = (rounds: readonly Round[], name: string, reference: string): number =>
  median(pairs(rounds, name, reference).map(([value, other]) => value / other));

/** The median of how much more a candidate is than another in the same round. */
export const medianDifference = (rounds: readonly Round[], name: string, reference: string): number =>
  median(pairs(rounds, name, reference).map(([value, other]) => value - other));

function pairs(rounds: readonly Round[], name: string, reference: string): readonly [number, number][] {
  const others = series(rounds, reference);
  return series(rounds, name).map((value, place) => [value, others[place]!]);
}

/** In words: how many rounds, and how far its halves agree. */
export function certaintyOf({ rounds, halves, stable }: Measured, digits = 2): string {
  const [earlier, later] = halves.map((value) => value.toFixed(digits));
  return `${rounds.length} rounds; halves ${earlier} and ${later}${stable ? '' : ': NOT STABLE'}`;
}

/** A round of times, in words. */
export const timesText = (round: Round): string =>
  Object.entries(round)
    .map(([name, ms]) => `${name} ${Math.round(ms)} ms`)
    .join(', ');
