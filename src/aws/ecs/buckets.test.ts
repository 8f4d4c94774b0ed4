import { expect, test } from 'vitest';
import { ecsShapes } from './shapes.generated.ts';
import { ecsBuckets } from './buckets.ts';

test('every operation of the model is in one bucket', () => {
  const listed = Object.values(ecsBuckets).flatMap(({ operations }) => operations);
  expect(listed.toSorted()).toEqual(Object.keys(ecsShapes.operations).toSorted());
});
