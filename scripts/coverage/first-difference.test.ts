import { expect, it } from 'vitest';
import { firstDifference } from './first-difference.ts';

it.each([
  ['a\nb', 'a\nb', undefined],
  ['a\nb', 'a\nc', "line 2: committed 'b', now 'c'."],
  ['a', 'a\nb', "line 2: committed the end, now 'b'."],
  ['a\nb', 'a', "line 2: committed 'b', now the end."],
])('%j and %j', (committed, fresh, difference) => {
  expect(firstDifference(committed, fresh)).toBe(difference);
});
