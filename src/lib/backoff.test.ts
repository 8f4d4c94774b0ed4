import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffDelay } from './backoff.ts';
import { seededRandom, type Random } from './random.ts';

const middle: Random = { next: () => 0.5, bytes: () => new Uint8Array() };

test('grows by the factor from the first delay to the largest, and stays there', () => {
  const policy = { min: 100, max: 1000, factor: 2, jitter: 0.2 };
  const delays = [0, 1, 2, 3, 4, 5, 5000].map((attempt) => backoffDelay(policy, attempt, middle));
  expect(delays).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
});

test('chance moves a delay by no more than the jitter, and does move it', () => {
  const policy = fc.record({
    min: fc.integer({ min: 1, max: 1000 }),
    max: fc.integer({ min: 1000, max: 100_000 }),
    factor: fc.double({ min: 1, max: 4, noNaN: true }),
    jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(policy, fc.nat(100), fc.integer(), (input, attempt, seed) => {
      const base = backoffDelay({ ...input, jitter: 0 }, attempt, middle);
      const delay = backoffDelay(input, attempt, seededRandom(seed));
      expect(delay).toBeGreaterThanOrEqual(base * (1 - input.jitter) - 1e-6);
      expect(delay).toBeLessThanOrEqual(base * (1 + input.jitter) + 1e-6);
    }),
  );
  const random = seededRandom(1);
  const sample = Array.from({ length: 200 }, () =>
    backoffDelay({ min: 100, max: 100, factor: 1, jitter: 0.5 }, 0, random),
  );
  expect(Math.min(...sample)).toBeLessThan(60);
  expect(Math.max(...sample)).toBeGreaterThan(140);
});
