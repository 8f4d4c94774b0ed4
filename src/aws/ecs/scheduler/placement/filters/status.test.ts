import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import { aLoad, anAsk, rejectionBy } from '../../../../../../test-support/builders/an-ask.ts';
import { status } from './status.ts';

test('takes an ACTIVE instance, and refuses one that drains', () => {
  expect(rejectionBy(status, anAsk(), aLoad())).toBeUndefined();
  const draining = aLoad({ instance: aContainerInstance({ status: 'DRAINING' }) });
  expect(rejectionBy(status, anAsk(), draining)).toEqual({ filter: 'status', reason: 'DRAINING' });
});
