import { expect, test } from 'vitest';
import { pageSize } from './page-size.ts';

test.each([
  [undefined, 100],
  [1, 1],
  [57, 57],
  [100, 100],
])('maxResults %s gives pages of %i', (maxResults, size) => {
  expect(pageSize(maxResults)).toBe(size);
});

test.each([0, -1, 101, 2 ** 31 - 1])('maxResults %i is refused', (maxResults) => {
  expect(() => pageSize(maxResults)).toThrow('maxResults should be between 1 and 100.');
});

test('an operation may have a page of its own', () => {
  const limits = { default: 10, max: 25 };
  expect([undefined, 1, 25].map((maxResults) => pageSize(maxResults, limits))).toEqual([10, 1, 25]);
  expect(() => pageSize(26, limits)).toThrow('maxResults should be between 1 and 25.');
  expect(() => pageSize(0, limits)).toThrow('maxResults should be between 1 and 25.');
});
