import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1.s', 1_000],
    ['100ms', 100],
    ['1m0.5s', 60_500],
    ['2500us', 3],
    ['1500µs', 2],
    ['1000000ns', 1],
    ['0', 0],
    ['+2s', 2_000],
    ['-1m', -60_000],
  ])('%s is %d ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '30', '30 s', 's', '1d', '1h30', '1,5s', '1.2.3s', '.s', '--1s', '1H', ' 1s'])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it('adds up its parts', () => {
    const part = fc.nat(10_000);
    fc.assert(
      fc.property(part, part, part, part, (h, m, s, ms) => {
        expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(((h * 60 + m) * 60 + s) * 1000 + ms);
      }),
    );
  });
});
