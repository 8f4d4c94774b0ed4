import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { noResources } from '../../../../../agent-protocol/resources.ts';
import { cpu } from './cpu.ts';

const usage = (registered: number, taken: number) =>
  aUsage({
    instance: aContainerInstance({ registeredResources: { ...noResources, cpu: registered } }),
    taken: { ...noResources, cpu: taken },
  });

test('takes an instance up to its last free unit and no further, and gives the numbers', () => {
  expect(rejectionBy(cpu, aPlacementRequest({ cpu: 24 }), usage(1024, 1000))).toBeUndefined();
  expect(rejectionBy(cpu, aPlacementRequest({ cpu: 25 }), usage(1024, 1000))).toEqual({
    filter: 'cpu',
    reason: 'RESOURCE:CPU',
    asked: 25,
    available: 24,
    of: 1024,
  });
});

test('a task that asks for none fits a full instance, but not one with more taken than there is', () => {
  expect(rejectionBy(cpu, aPlacementRequest({ cpu: 0 }), usage(1024, 1024))).toBeUndefined();
  expect(rejectionBy(cpu, aPlacementRequest({ cpu: 0 }), usage(1024, 1025))).toMatchObject({
    asked: 0,
    available: -1,
  });
});

test('refuses exactly what would take more than there is', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (asked, registered, taken) => {
      const rejected =
        rejectionBy(cpu, aPlacementRequest({ cpu: asked }), usage(registered, taken)) !== undefined;
      expect(rejected).toBe(taken + asked > registered);
    }),
  );
});
