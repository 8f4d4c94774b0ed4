import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { compileConstraints } from '../compile.ts';
import { memberOf } from './member-of.ts';

const usage = aUsage({ instance: aContainerInstance({ attributes: [{ name: 'disk', value: 'ssd' }] }) });
const asking = (...expressions: readonly string[]) =>
  aPlacementRequest(
    {},
    { constraints: compileConstraints(expressions.map((expression) => ({ type: 'memberOf', expression }))) },
  );

test('names the first query that the instance does not match', () => {
  const requirements = asking('attribute:disk == ssd', 'attribute:zone == a', 'attribute:zone == b');
  expect(rejectionBy(memberOf, requirements, usage)).toEqual({
    filter: 'memberOf',
    reason: 'MemberOf placement constraint unsatisfied.',
    expression: 'attribute:zone == a',
  });
});

test('takes one that matches them all, and asks nothing where there is none', () => {
  expect(
    rejectionBy(memberOf, asking('attribute:disk == ssd', 'attribute:zone !exists'), usage),
  ).toBeUndefined();
  expect(rejectionBy(memberOf, aPlacementRequest(), usage)).toBeUndefined();
});
