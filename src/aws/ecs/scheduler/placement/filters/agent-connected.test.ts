import { expect, test } from 'vitest';
import {
  aUsage,
  aPlacementRequest,
  rejectionBy,
} from '../../../../../../test-support/builders/a-placement-request.ts';
import { agentConnected } from './agent-connected.ts';

test('takes an instance whose agent is connected', () => {
  expect(rejectionBy(agentConnected, aPlacementRequest(), aUsage())).toBeUndefined();
});

test('refuses one whose agent is not', () => {
  expect(rejectionBy(agentConnected, aPlacementRequest(), aUsage({ agentConnected: false }))).toEqual({
    filter: 'agentConnected',
    reason: 'AGENT',
  });
});
