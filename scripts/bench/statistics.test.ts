import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile } from './statistics.ts';

const samples = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });

test('the median is the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

test('numbers are ordered as numbers', () => {
  expect(median([10, 9, 100])).toBe(10);
});

test('quantiles lie between two samples in proportion', () => {
  expect(quantile([0, 10], 0.25)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.75)).toBe(4);
});

test('quantiles stay within the samples and grow with their portion', () => {
  fc.assert(
    fc.property(samples, fc.double({ noNaN: true, min: 0, max: 1 }), (values, portion) => {
      const value = quantile(values, portion);
      expect(value).toBeGreaterThanOrEqual(Math.min(...values));
      expect(value).toBeLessThanOrEqual(Math.max(...values));
      expect(quantile(values, 0)).toBeLessThanOrEqual(value);
      expect(quantile(values, 1)).toBeGreaterThanOrEqual(value);
    }),
  );
});

test('the samples are left in their order', () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});
