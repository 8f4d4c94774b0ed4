import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { capacityProvider } from './capacity-provider.ts';

const own = aUsage({ instance: aContainerInstance({ id: 'own' }) });
const capacityProviders = {
  names: ['spot', 'base'],
  scalingGroups: [],
  have: (instance: object) => instance === own.instance,
};

test('refuses the instances of other providers, where the task is bound to some', () => {
  const bound = aPlacementRequest({}, { capacityProviders });
  expect(rejectionBy(capacityProvider, bound, own)).toBeUndefined();
  expect(rejectionBy(capacityProvider, bound, aUsage())).toEqual({
    filter: 'capacityProvider',
    reason: 'CAPACITY PROVIDER',
    providers: ['spot', 'base'],
  });
  expect(rejectionBy(capacityProvider, aPlacementRequest(), aUsage())).toBeUndefined();
});

test.each([
  [['spot'], 'the instance is not of the capacity provider spot'],
  [['spot', 'base'], 'the instance is not of the capacity providers spot, base'],
])('of %j says: %s', (providers, sentence) => {
  expect(capacityProvider.detail({ providers })).toBe(sentence);
});
