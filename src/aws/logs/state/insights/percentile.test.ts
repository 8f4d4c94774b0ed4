import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Percentiles } from './percentile.ts';

it('stays within half a percent, however many numbers there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 0, max: 100 }), (count, percent) => {
      const percentiles = new Percentiles();
      for (let number = 1; number <= count; number++) percentiles.add(number - count / 2);
      const rank = Math.max(1, Math.ceil((percent / 100) * count));
      const expected = rank - count / 2;
      expect(Math.abs(percentiles.at(percent)! - expected)).toBeLessThanOrEqual(
        Math.abs(expected) * 0.005 + 1e-9,
      );
    }),
    { numRuns: 30 },
  );
});

it('is nothing of nothing', () => {
  expect(new Percentiles().at(50)).toBeUndefined();
});
