import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { noResources } from '../../../../../agent-protocol/resources.ts';
import { freeGpus } from '../../../state/instance/instance-usage.ts';
import { gpus } from './gpus.ts';

const usage = (gpuIds: readonly string[] | undefined, taken: readonly string[]) =>
  aUsage({ instance: aContainerInstance({ gpuIds }), taken: { ...noResources, gpuIds: taken } });

it('says how many are asked, free and there', () => {
  expect(rejectionBy(gpus, aPlacementRequest({ gpus: 2 }), usage(['a', 'b', 'c'], ['a', 'c']))).toEqual({
    filter: 'gpus',
    reason: 'RESOURCE:GPU',
    asked: 2,
    available: 1,
    of: 3,
  });
});

it('finds none on an instance that registered none', () => {
  expect(rejectionBy(gpus, aPlacementRequest({ gpus: 1 }), usage(undefined, []))).toMatchObject({
    available: 0,
    of: 0,
  });
});

it('asks nothing where no GPU is asked for, whatever is held', () => {
  expect(rejectionBy(gpus, aPlacementRequest(), usage(['a'], ['a', 'gone']))).toBeUndefined();
});

it('leaves what is free in the order of the instance; one that is gone is not there to be held', () => {
  expect(freeGpus(usage(['c', 'a', 'b'], ['a', 'gone']))).toEqual(['c', 'b']);
  expect(
    rejectionBy(gpus, aPlacementRequest({ gpus: 2 }), usage(['c', 'a', 'b'], ['a', 'gone'])),
  ).toBeUndefined();
});

test('refuses exactly when fewer are free than are asked for', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  fc.assert(
    fc.property(fc.nat(4), ids, ids, (asked, there, taken) => {
      const free = there.filter((id) => !taken.includes(id)).length;
      const rejected = rejectionBy(gpus, aPlacementRequest({ gpus: asked }), usage(there, taken));
      expect(rejected === undefined).toBe(asked <= free);
    }),
  );
});
