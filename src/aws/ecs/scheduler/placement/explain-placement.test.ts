import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import { explainPlacement } from './explain-placement.ts';
import { compileConstraints } from './compile.ts';

test('names why placement is not even given an instance before what a filter finds there', () => {
  const draining = aUsage({
    instance: aContainerInstance({ status: 'DRAINING' }),
    agentConnected: false,
  });
  const capacityProviders = { names: ['spot'], scalingGroups: ['asg'], have: () => false };
  const { refusals } = explainPlacement(aPlacementRequest({}, { capacityProviders }), [draining]);
  expect(refusals[0]!.rejections).toEqual([
    { filter: 'capacityProvider', reason: 'CAPACITY PROVIDER', providers: ['spot'] },
    { filter: 'status', reason: 'DRAINING' },
    { filter: 'agentConnected', reason: 'AGENT' },
  ]);
});

test('names every query that does not match, with what is there instead; one that cannot be read has nothing', () => {
  const expressions = ['attribute:disk == ssd', 'attribute:zone ==', 'attribute:zone exists'];
  const constraints = compileConstraints(
    expressions.map((expression) => ({ type: 'memberOf' as const, expression })),
  );
  const usage = aUsage({ instance: aContainerInstance({ attributes: [{ name: 'disk', value: 'hdd' }] }) });
  const { refusals } = explainPlacement(aPlacementRequest({}, { constraints }), [usage]);
  expect(refusals[0]!.rejections).toMatchObject([
    { expression: expressions[0], facts: [{ subject: 'attribute:disk', value: 'hdd' }] },
    { expression: expressions[1], facts: [] },
    { expression: expressions[2], facts: [{ subject: 'attribute:zone' }] },
  ]);
});
