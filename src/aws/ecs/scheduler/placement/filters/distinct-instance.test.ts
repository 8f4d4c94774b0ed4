import { expect, test } from 'vitest';
import { aLoad, anAsk, rejectionBy } from '../../../../../../test-support/builders/an-ask.ts';
import { distinctInstance } from './distinct-instance.ts';

const distinct = anAsk({}, { group: 'family:web', constraints: [{ type: 'distinctInstance' }] });
const load = (group: string) => aLoad({ taskGroups: () => new Map([[group, 2]]) });

test('refuses an instance with a task of the group, and says how many there are', () => {
  expect(rejectionBy(distinctInstance, distinct, load('family:web'))).toEqual({
    filter: 'distinctInstance',
    reason: 'DistinctInstance placement constraint unsatisfied.',
    group: 'family:web',
    held: 2,
  });
});

test('takes one with tasks of other groups, and asks nothing where the constraint is not there', () => {
  expect(rejectionBy(distinctInstance, distinct, load('family:api'))).toBeUndefined();
  expect(rejectionBy(distinctInstance, anAsk(), load('family:web'))).toBeUndefined();
});
