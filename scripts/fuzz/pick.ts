// Choices by a given chance.
import type { Random } from '../../src/lib/random.ts';

/** A whole number from 0 up to but not including `bound`; 0 when there is none. */
export const below = (random: Random, bound: number): number => Math.floor(random.next() * bound);

/** One of `choices`, which must not be empty. */
export const pick = <T>(random: Random, choices: readonly T[]): T => choices[below(random, choices.length)]!;
