import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { patternSize } from './pattern-size.ts';

const atom = fc.constantFrom(
  ...[
    'a',
    'é',
    '😀',
    '.',
    '^',
    '$',
    '-',
    '{2',
    '\\d',
    '\\b',
    '\\.',
    '\\x41',
    '\\x{41}',
    '\\pL',
    '\\p{Greek}',
  ],
  ...['[a-z]', '[^]]', '[]a]', '[[:alpha:]]', '[\\]]', '\\Qa{9}\\E', '(?i)a', ''],
);
const repeat = fc.constantFrom('*', '+', '?', '*?', '{0}', '{1}', '{3}', '{2,4}', '{0,5}', '{2,}', '{1,3}?');
const opening = fc.constantFrom('(', '(?:', '(?i:', '(?s-i:');
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 5 },
    atom,
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}|${b}`),
    fc.tuple(opening, tie('pattern')).map(([open, inner]) => `${open}${inner})`),
    fc.tuple(tie('pattern'), repeat).map(([inner, times]) => `(?:${inner})${times}`),
    fc.tuple(tie('pattern'), repeat).map(([inner, times]) => inner + times),
  ),
}));

test('is never less than the steps of the program', () => {
  fc.assert(
    fc.property(pattern, (text) => {
      const bound = patternSize(text);
      fc.pre(bound <= 3000);
      let steps = 0;
      try {
        steps = RE2JS.compile(text).programSize();
      } catch {
        return;
      }
      expect(bound).toBeGreaterThanOrEqual(steps);
    }),
    { numRuns: 1000 },
  );
});

test('is near them for what people write', () => {
  for (const text of ['(g2|g3)\\.2xlarge', 'service:.*', '^prod-[a-z]+\\d{1,3}$', '[0-9a-f]{8}-[0-9a-f]{4}'])
    expect(patternSize(text)).toBeLessThan(3 * RE2JS.compile(text).programSize());
});

test('answers at once for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('({[|*+?9,}]\\Q)a')) }), (text) => {
      expect(patternSize(text)).toBeGreaterThan(0);
    }),
  );
  expect(patternSize('('.repeat(2000))).toBe(Infinity);
  expect(patternSize('((x{30}){30})'.repeat(130))).toBeGreaterThan(100_000);
});
