import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits, patternOf, variablesIn } from './pattern.ts';

const none = () => undefined;

/** Tries all that a `*` may stand for. */
function naiveFits(pattern: string, value: string): boolean {
  if (pattern === '') return value === '';
  if (pattern[0] === '*')
    return naiveFits(pattern.slice(1), value) || (value !== '' && naiveFits(pattern, value.slice(1)));
  return (
    value !== '' &&
    (pattern[0] === '?' || pattern[0] === value[0]) &&
    naiveFits(pattern.slice(1), value.slice(1))
  );
}

test('wildcards fit what trying everything finds', () => {
  const few = (letters: string, maxLength: number) =>
    fc.array(fc.constantFrom(...letters.split('')), { maxLength }).map((all) => all.join(''));
  fc.assert(
    fc.property(few('ab*?', 8), few('ab', 8), (pattern, value) => {
      expect(fits(patternOf(pattern), value, none)).toBe(naiveFits(pattern, value));
    }),
    { numRuns: 3000 },
  );
});

// One that tries all that a `*` may stand for does not end.
test('the worst of patterns end', { timeout: 5000 }, () => {
  const value = 'a'.repeat(20_000);
  for (const piece of ['*a', '*a?', '*?', 'a*']) {
    expect(fits(patternOf(`${piece.repeat(2000)}b`), value, none)).toBe(false);
  }
});

test('values of variables are taken as they are', () => {
  const pattern = patternOf('x/${aws:username}/*');
  const named = (name: string) => (key: string) => (key === 'aws:username' ? name : undefined);
  expect(fits(pattern, 'x/a*/y', named('a*'))).toBe(true);
  expect(fits(pattern, 'x/ab/y', named('a*'))).toBe(false);
  expect(fits(pattern, 'x/a/y', none)).toBe(false);
});

test('half a surrogate pair is no wildcard', () => {
  expect(fits(patternOf('a\uDBFFb'), 'axb', none)).toBe(false);
});

test('the variables of a text', () => {
  expect(variablesIn("${aws:username}/${*}/${aws:PrincipalTag/team, 'x'}${?}${$}")).toEqual([
    'aws:username',
    'aws:PrincipalTag/team',
  ]);
});
