import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wildcard } from './wildcard.ts';

test.each([
  ['', ''],
  ['*', ''],
  ['a*', 'abc'],
  ['*c', 'abc'],
  ['a?c', 'abc'],
  ['a*b*c', 'axxbbyc'],
  [String.raw`a\*c`, 'a*c'],
  [String.raw`a\\c`, String.raw`a\c`],
  ['al2023-ami-ecs-hvm-*-x86_64', 'al2023-ami-ecs-hvm-2023.0.1-kernel-6.1-x86_64'],
])('%s is a pattern of %s', (pattern, value) => {
  expect(wildcard(pattern)(value)).toBe(true);
});

test.each([
  ['a', 'b'],
  ['a', 'A'],
  ['a?', 'a'],
  ['a*b', 'abc'],
  [String.raw`a\*c`, 'abc'],
  ['.', 'a'],
])('%s is no pattern of %s', (pattern, value) => {
  expect(wildcard(pattern)(value)).toBe(false);
});

test('it says what the regular expression of the same meaning says', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, value) => {
      const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
      expect(wildcard(pattern)(value)).toBe(new RegExp(`^${source}$`).test(value));
    }),
  );
});

test('no pattern takes long', () => {
  expect(wildcard(`${'*a'.repeat(2000)}b`)('a'.repeat(4000))).toBe(false);
});
