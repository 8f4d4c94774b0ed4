import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import { aLoad, anAsk, rejectionBy } from '../../../../../../test-support/builders/an-ask.ts';
import { capacityProvider } from './capacity-provider.ts';

const own = aLoad({ instance: aContainerInstance({ id: 'own' }) });
const capacityProviders = {
  names: ['spot', 'base'],
  scalingGroups: [],
  have: (instance: object) => instance === own.instance,
};

test('refuses the instances of other providers, where the task is bound to some', () => {
  const bound = anAsk({}, { capacityProviders });
  expect(rejectionBy(capacityProvider, bound, own)).toBeUndefined();
  expect(rejectionBy(capacityProvider, bound, aLoad())).toEqual({
    filter: 'capacityProvider',
    reason: 'CAPACITY PROVIDER',
    providers: ['spot', 'base'],
  });
  expect(rejectionBy(capacityProvider, anAsk(), aLoad())).toBeUndefined();
});

test.each([
  [['spot'], 'the instance is not of the capacity provider spot'],
  [['spot', 'base'], 'the instance is not of the capacity providers spot, base'],
])('of %j says: %s', (providers, sentence) => {
  expect(capacityProvider.detail({ providers })).toBe(sentence);
});
