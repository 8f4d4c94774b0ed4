import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stillExpected } from './expected.ts';

test.each<[string, { count: number; since: number }[], number[], number, unknown]>([
  ['all while nobody registers', [{ count: 2, since: 10 }], [], 20, [{ count: 2, since: 10 }]],
  ['fewer by each that registers', [{ count: 2, since: 10 }], [15], 20, [{ count: 1, since: 10 }]],
  ['none once all came', [{ count: 1, since: 10 }], [15], 20, []],
  [
    'as many when others had registered before',
    [{ count: 1, since: 10 }],
    [5],
    20,
    [{ count: 1, since: 10 }],
  ],
  ['none after the time to warm up', [{ count: 1, since: 10 }], [], 110, []],
  [
    'the younger request’s when the older one is served first',
    [
      { count: 1, since: 10 },
      { count: 1, since: 20 },
    ],
    [30],
    40,
    [{ count: 1, since: 20 }],
  ],
])('%s', (_what, expected, registrations, now, left) => {
  expect(stillExpected(expected, registrations, 100, now)).toEqual(left);
});

test('never more than was asked for, and a further registration never makes it more', () => {
  const requests = fc.array(fc.record({ count: fc.integer({ min: 1, max: 9 }), since: fc.nat(50) }), {
    maxLength: 5,
  });
  const total = (left: readonly { count: number }[]): number =>
    left.reduce((sum, { count }) => sum + count, 0);
  fc.assert(
    fc.property(requests, fc.array(fc.nat(60), { maxLength: 20 }), fc.nat(60), (input, times, one) => {
      const expected = input.toSorted((a, b) => a.since - b.since);
      const left = total(stillExpected(expected, times, 1000, 60));
      expect(left).toBeLessThanOrEqual(total(expected));
      expect(left).toBeGreaterThanOrEqual(total(expected) - times.length);
      expect(total(stillExpected(expected, [...times, one], 1000, 60))).toBeLessThanOrEqual(left);
    }),
  );
});
