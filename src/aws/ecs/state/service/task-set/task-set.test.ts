import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computedDesiredCount } from './task-set.ts';

test('a share is rounded up, and never for the sake of binary fractions', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 1000 }), (desired, tenths) => {
      expect(computedDesiredCount(tenths / 10, desired)).toBe(Math.ceil((desired * tenths) / 1000));
    }),
  );
  expect(computedDesiredCount(64.4, 250)).toBe(161);
});
