import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestFirst } from './newest-first.ts';

test('the greater number sorts first', () => {
  const number = fc.integer({ min: 0, max: 9_999_999_999 });
  fc.assert(
    fc.property(number, number, (one, other) => {
      expect(Math.sign(one - other)).toBe(
        newestFirst(one) === newestFirst(other) ? 0 : newestFirst(one) < newestFirst(other) ? 1 : -1,
      );
    }),
  );
});
