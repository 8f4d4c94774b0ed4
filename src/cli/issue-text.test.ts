import { expect, test } from 'vitest';
import { z } from 'zod';
import { issueText, numberUpTo, wholeNumber } from './issue-text.ts';

const schema = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['a', 'b']).optional(),
  list: z.array(z.int()).optional(),
});
const problem = (value: unknown): string | undefined =>
  schema.safeParse(value, { error: issueText }).error?.issues[0]?.message;

test.each([
  [{}, 'it is missing'],
  [{ name: 3 }, 'give a string'],
  [{ name: '' }, 'it must not be empty'],
  [{ name: 'x', kind: 'c' }, 'give one of a, b'],
  [{ name: 'x', list: 'a' }, 'give a list'],
  [{ name: 'x', list: [1.5] }, 'give a whole number'],
  [{ name: 'x', more: 1, other: 2 }, 'unknown member: more, other'],
  ['text', 'give an object'],
])('%j', (value, text) => {
  expect(problem(value)).toBe(text);
});

test.each(['abc', '', ' ', '1.5', '-1', '251', [1], null, true])(
  '%j is no whole number from 0 to 250',
  (value) => {
    const read = wholeNumber(0, 250).safeParse(value);
    expect(read.error?.issues[0]?.message).toBe('give a whole number from 0 to 250');
  },
);

test('numbers are read from text', () => {
  expect(wholeNumber(0, 250).parse('250')).toBe(250);
  expect(wholeNumber(0, 250).parse(0)).toBe(0);
  expect(numberUpTo(1).parse('0.5')).toBe(0.5);
  expect(numberUpTo(1).safeParse('2').success).toBe(false);
});
