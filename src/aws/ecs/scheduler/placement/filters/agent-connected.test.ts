import { expect, test } from 'vitest';
import { aLoad, anAsk, rejectionBy } from '../../../../../../test-support/builders/an-ask.ts';
import { agentConnected } from './agent-connected.ts';

test('takes an instance whose agent is connected', () => {
  expect(rejectionBy(agentConnected, anAsk(), aLoad())).toBeUndefined();
});

test('refuses one whose agent is not', () => {
  expect(rejectionBy(agentConnected, anAsk(), aLoad({ agentConnected: false }))).toEqual({
    filter: 'agentConnected',
    reason: 'AGENT',
  });
});
