import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakerTagProblem, breakerTags } from './breaker-tags.ts';

const earlyExit = 'longshore:circuit-breaker-early-exit';
const threshold = 'longshore:circuit-breaker-threshold';

test.each([
  [earlyExit, '60'],
  [earlyExit, '0'],
  [earlyExit, '86400'],
  [threshold, '1'],
  [threshold, '10000'],
  ['longshore', 'x'],
  ['team', 'x'],
])('%s = %s is taken', (key, value) => {
  expect(breakerTagProblem({ key, value })).toBeUndefined();
});

test.each([
  [earlyExit, '60s', 'Give a whole number of seconds, 0 to 86400.'],
  [earlyExit, '', 'Give a whole number of seconds, 0 to 86400.'],
  [earlyExit, '86401', 'Give a whole number of seconds, 0 to 86400.'],
  [threshold, '0', 'Give a whole number of failures, 1 to 10000.'],
  [threshold, '-1', 'Give a whole number of failures, 1 to 10000.'],
  [threshold, '1e3', 'Give a whole number of failures, 1 to 10000.'],
  ['longshore:circuit-breaker-earlyexit', '60', `It knows ${earlyExit} and ${threshold}.`],
])('%s = %s is refused with a sentence', (key, value, sentence) => {
  expect(breakerTagProblem({ key, value })).toContain(sentence);
});

test('a service’s own tags win over its cluster’s, each by itself', () => {
  const cluster = [
    { key: earlyExit, value: '30' },
    { key: threshold, value: '7' },
  ];
  expect(breakerTags([], cluster)).toEqual({ earlyExit: 30_000, threshold: 7 });
  expect(breakerTags([{ key: earlyExit, value: '90' }], cluster)).toEqual({
    earlyExit: 90_000,
    threshold: 7,
  });
  expect(breakerTags([{ key: earlyExit, value: '0' }], cluster)).toEqual({ threshold: 7 });
  expect(breakerTags([{ key: 'team', value: 'web' }])).toBeUndefined();
});

test('whatever a tag says, it is either refused or counts as it is written', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.nat(200_000).map(String)), (value) => {
      const isTaken = breakerTagProblem({ key: threshold, value }) === undefined;
      expect(breakerTags([{ key: threshold, value }])?.threshold).toBe(isTaken ? Number(value) : undefined);
    }),
  );
});
