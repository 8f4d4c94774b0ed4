import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { noResources } from '../../../../../agent-protocol/resources.ts';
import { memory } from './memory.ts';

const usage = (registered: number, taken: number) =>
  aUsage({
    instance: aContainerInstance({ registeredResources: { ...noResources, memory: registered } }),
    taken: { ...noResources, memory: taken },
  });

test('takes an instance up to its last free MiB and no further, and gives the numbers', () => {
  expect(rejectionBy(memory, aPlacementRequest({ memory: 512 }), usage(2048, 1536))).toBeUndefined();
  expect(rejectionBy(memory, aPlacementRequest({ memory: 513 }), usage(2048, 1536))).toEqual({
    filter: 'memory',
    reason: 'RESOURCE:MEMORY',
    asked: 513,
    available: 512,
    of: 2048,
  });
});

test('refuses exactly what would take more than there is', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (asked, registered, taken) => {
      const rejected =
        rejectionBy(memory, aPlacementRequest({ memory: asked }), usage(registered, taken)) !== undefined;
      expect(rejected).toBe(taken + asked > registered);
    }),
  );
});
