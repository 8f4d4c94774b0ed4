import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../../test-support/builders/a-container-instance.ts';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { status } from './status.ts';

test('takes an ACTIVE instance, and refuses one that drains', () => {
  expect(rejectionBy(status, aPlacementRequest(), aUsage())).toBeUndefined();
  const draining = aUsage({ instance: aContainerInstance({ status: 'DRAINING' }) });
  expect(rejectionBy(status, aPlacementRequest(), draining)).toEqual({
    filter: 'status',
    reason: 'DRAINING',
  });
});
