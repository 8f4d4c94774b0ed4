import { expect, test } from 'vitest';
import { instantText, spanText } from './times.ts';

test('instants have seconds and their zone', () => {
  expect(instantText(1_769_860_800.4)).toBe('2026-01-31T12:00:00Z');
});

test.each([
  [0, '0s'],
  [40, '40s'],
  [60, '1m'],
  [310, '5m 10s'],
  [7_200, '2h'],
  [183_845, '2d 3h'],
  [-3, '0s'],
])('a span of %d seconds is %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text);
});
