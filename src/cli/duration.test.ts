import { expect, test } from 'vitest';
import { readDuration } from './duration.ts';

test.each([
  ['90s', 90_000],
  ['1m30s', 90_000],
  ['250ms', 250],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  ['0', 0],
  ['40', 40_000],
  [2.5, 2_500],
])('%s is %d ms', (input, expected) => {
  expect(readDuration(input)).toBe(expected);
});

test.each(['', 's', '-5s', '5 s', '5y', '1m 30s', 'never', '1e3', 'NaN', -1])(
  '%j is no duration',
  (input) => {
    expect(readDuration(input)).toBeUndefined();
  },
);
