import { expect, test } from 'vitest';
import { builtOperations } from './api.ts';
import { ecsBuckets } from './buckets.ts';

test('every operation that Longshore has is in one bucket, and no other', () => {
  const listed = Object.values(ecsBuckets).flatMap(({ operations }) => operations);
  expect(listed.toSorted()).toEqual(builtOperations.toSorted());
});
