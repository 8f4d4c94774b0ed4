// What a simulated task will do, decided when it arrives: when it starts, whether it fails to, when it exits by itself. Pure.
import type { HealthStatus } from '../agent-protocol/container-report.ts';
import type { Random } from '../lib/random.ts';
import { seededRandom } from '../lib/random.ts';

/** How the tasks of a fleet behave. */
export interface BehaviourSettings {
  /** Mean ms from the payload to RUNNING. */
  readonly startDelay: number;
  /** Mean ms from the order to stop to STOPPED. */
  readonly stopDelay: number;
  /** Share of the tasks that fail to start, 0 to 1. */
  readonly failureRate: number;
  /** Exits with code 1 for each running task and hour, on average; above 1 is allowed. */
  readonly exitRate: number;
}

export const startFailures = [
  'CannotPullContainerError',
  'CannotCreateContainerError',
  'CannotStartContainerError',
] as const;
export type StartFailure = (typeof startFailures)[number];

/** What one task does; all in ms. */
export interface Behaviour {
  readonly startAfter: number;
  readonly stopAfter: number;
  /** Instead of starting. */
  readonly failure?: StartFailure | undefined;
  /** From RUNNING to its exit with code 1, unless it is stopped before. */
  readonly exitAfter?: number | undefined;
  /** What its health checks say, so many ms after RUNNING; without it they pass at once. */
  readonly health?: { readonly status: HealthStatus; readonly after: number } | undefined;
}

/** Delays differ by up to this share to either side: real hosts do not act in step. */
const jitter = 0.2;
const hour = 3_600_000;

/** Draws what a task does; the same chance gives the same task. */
export function behaviourOf(settings: BehaviourSettings, random: Random): Behaviour {
  const around = (mean: number): number => mean * (1 + jitter * (2 * random.next() - 1));
  const startAfter = around(settings.startDelay);
  const stopAfter = around(settings.stopDelay);
  const fails = random.next() < settings.failureRate;
  const failure = startFailures[Math.floor(random.next() * startFailures.length)];
  const exitAfter = lifetime(settings.exitRate, random);
  return fails ? { startAfter, stopAfter, failure } : { startAfter, stopAfter, exitAfter };
}

/** Exits without memory: how long a task has run says nothing of how long it will. */
const lifetime = (exitRate: number, random: Random): number | undefined => {
  const chance = random.next();
  return exitRate > 0 ? (-Math.log(1 - chance) / exitRate) * hour : undefined;
};

/** The chance of the `order`th task of instance number `instance`: the same in every run with `seed`. */
export const chanceOf = (seed: number, instance: number, order: number): Random =>
  seededRandom(mixed(mixed(mixed(seed) ^ instance) ^ order));

/** Spreads neighbouring numbers over all 32 bits. */
function mixed(value: number): number {
  let bits = (value + 0x9e3779b9) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
