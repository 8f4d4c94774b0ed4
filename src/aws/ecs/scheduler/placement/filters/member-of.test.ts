import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import { aLoad, anAsk, rejectionBy } from '../../../../../../test-support/builders/an-ask.ts';
import { compileConstraints } from '../compile.ts';
import { memberOf } from './member-of.ts';

const load = aLoad({ instance: aContainerInstance({ attributes: [{ name: 'disk', value: 'ssd' }] }) });
const asking = (...expressions: readonly string[]) =>
  anAsk(
    {},
    { constraints: compileConstraints(expressions.map((expression) => ({ type: 'memberOf', expression }))) },
  );

test('names the first query that the instance does not match', () => {
  const ask = asking('attribute:disk == ssd', 'attribute:zone == a', 'attribute:zone == b');
  expect(rejectionBy(memberOf, ask, load)).toEqual({
    filter: 'memberOf',
    reason: 'MemberOf placement constraint unsatisfied.',
    expression: 'attribute:zone == a',
  });
});

test('takes one that matches them all, and asks nothing where there is none', () => {
  expect(
    rejectionBy(memberOf, asking('attribute:disk == ssd', 'attribute:zone !exists'), load),
  ).toBeUndefined();
  expect(rejectionBy(memberOf, anAsk(), load)).toBeUndefined();
});
