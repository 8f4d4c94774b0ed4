import { expect, test } from 'vitest';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { distinctInstance } from './distinct-instance.ts';

const distinct = aPlacementRequest({}, { group: 'family:web', constraints: [{ type: 'distinctInstance' }] });
const usage = (group: string) => aUsage({ taskGroups: () => new Map([[group, 2]]) });

test('refuses an instance with a task of the group, and says how many there are', () => {
  expect(rejectionBy(distinctInstance, distinct, usage('family:web'))).toEqual({
    filter: 'distinctInstance',
    reason: 'DistinctInstance placement constraint unsatisfied.',
    group: 'family:web',
    held: 2,
  });
});

test('takes one with tasks of other groups, and asks nothing where the constraint is not there', () => {
  expect(rejectionBy(distinctInstance, distinct, usage('family:api'))).toBeUndefined();
  expect(rejectionBy(distinctInstance, aPlacementRequest(), usage('family:web'))).toBeUndefined();
});
