import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.ts';
import { behaviourOf, chanceOf, startFailures, type Behaviour, type BehaviourSettings } from './behaviour.ts';

const settings: BehaviourSettings = { startDelay: 1_000, stopDelay: 500, failureRate: 0.1, exitRate: 2 };
const many = (overrides: Partial<BehaviourSettings>, count = 20_000): readonly Behaviour[] =>
  Array.from({ length: count }, (_, order) =>
    behaviourOf({ ...settings, ...overrides }, chanceOf(7, order % 50, Math.floor(order / 50))),
  );
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('behaviourOf', () => {
  it('stays within a fifth of the delays, and either fails or lives', () => {
    fc.assert(
      fc.property(
        fc.record({
          startDelay: fc.double({ min: 0, max: 60_000, noNaN: true }),
          stopDelay: fc.double({ min: 0, max: 60_000, noNaN: true }),
          failureRate: fc.double({ min: 0, max: 1, noNaN: true }),
          exitRate: fc.double({ min: 0, max: 1_000, noNaN: true }),
        }),
        fc.integer(),
        (any, seed) => {
          const behaviour = behaviourOf(any, seededRandom(seed));
          for (const [delay, asked] of [
            [behaviour.startAfter, any.startDelay],
            [behaviour.stopAfter, any.stopDelay],
          ] as const) {
            expect(delay).toBeGreaterThanOrEqual(0.8 * asked);
            expect(delay).toBeLessThanOrEqual(1.2 * asked);
          }
          if (behaviour.failure !== undefined) {
            expect(any.failureRate).toBeGreaterThan(0);
            expect(behaviour.exitAfter).toBeUndefined();
          } else {
            expect(any.failureRate).toBeLessThan(1);
            expect(behaviour.exitAfter === undefined).toBe(any.exitRate === 0);
            expect(behaviour.exitAfter ?? 0).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  it('fails the share that was asked for, in each of the ways', () => {
    const failures = many({}).flatMap(({ failure }) => failure ?? []);
    expect(failures.length / 20_000).toBeCloseTo(0.1, 1);
    for (const way of startFailures) {
      expect(failures.filter((failure) => failure === way).length / failures.length).toBeCloseTo(1 / 3, 1);
    }
  });

  it('lets tasks live as long, on average, as their rate of exits says', () => {
    const lives = many({ failureRate: 0 }).map(({ exitAfter }) => exitAfter ?? 0);
    // Twice an hour: half an hour each.
    expect(mean(lives) / 60_000).toBeGreaterThan(28);
    expect(mean(lives) / 60_000).toBeLessThan(32);
  });

  it('decides the same of the same chance, whatever the other rates are', () => {
    const [one, other] = [many({ failureRate: 0.1 }, 1_000), many({ failureRate: 0.3 }, 1_000)];
    expect(one).toEqual(many({ failureRate: 0.1 }, 1_000));
    one.forEach(({ failure }, at) => {
      if (failure !== undefined) expect(other[at]!.failure).toBe(failure);
    });
  });
});

describe('chanceOf', () => {
  it('differs by seed, by instance and by task', () => {
    const first = (seed: number, instance: number, order: number): number =>
      chanceOf(seed, instance, order).next();
    const drawn = [0, 1, 2].flatMap((seed) =>
      Array.from({ length: 100 }, (_, instance) =>
        Array.from({ length: 20 }, (__, order) => first(seed, instance, order)),
      ).flat(),
    );
    expect(new Set(drawn).size).toBeGreaterThan(drawn.length - 5);
    expect(first(1, 2, 3)).toBe(first(1, 2, 3));
    expect(mean(drawn)).toBeCloseTo(0.5, 1);
  });
});
