// How long the crash tests go on, and by which chance.
import { hexId } from '../../src/lib/ids.ts';
import { systemRandom } from '../../src/lib/random.ts';

/** Kills: LONGSHORE_CRASH_ROUNDS, or `defaultRounds`. */
export const crashRounds = (defaultRounds: number): number =>
  Number(process.env['LONGSHORE_CRASH_ROUNDS'] ?? defaultRounds);

/** LONGSHORE_CRASH_SEED, to try a failure's moments again, or a fresh one. */
export const crashSeed = (): number =>
  Number(process.env['LONGSHORE_CRASH_SEED'] ?? Number.parseInt(hexId(systemRandom, 6), 16));
