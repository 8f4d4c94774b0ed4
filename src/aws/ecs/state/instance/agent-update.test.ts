import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import {
  agentUpdateDeadline,
  isAgentUpdating,
  isNewer,
  withAgentUpdate,
  withReregisteredAgent,
  withUpdateStatus,
} from './agent-update.ts';
import type { AgentUpdateStatus } from './container-instance.ts';

const release = { version: '1.99.0', location: 'http://files/agent', signature: 'ab' };
const pending = withAgentUpdate(aContainerInstance(), release, 'u1', 1000);

test.each([
  ['1.98.9', true],
  ['1.9.0', true],
  ['1.99', false],
  ['v1.99.0', false],
  ['1.100.0', false],
])('is newer than %s: %s', (agentVersion, expected) => {
  expect(isNewer(release, agentVersion)).toBe(expected);
});

test.each<[AgentUpdateStatus, boolean]>([
  ['STAGING', true],
  ['STAGED', true],
  ['UPDATING', true],
  ['UPDATED', false],
  ['FAILED', false],
])('%s goes on: %s', (status, goesOn) => {
  const instance = withUpdateStatus(pending, status, 2000);
  expect(isAgentUpdating(instance)).toBe(goesOn);
  expect(instance.agentUpdateStatus).toBe(status);
  expect(instance.agentUpdate).toEqual(goesOn ? { ...release, id: 'u1', since: 2000 } : undefined);
});

test.each<[AgentUpdateStatus, string, AgentUpdateStatus]>([
  ['PENDING', '1.98.0', 'PENDING'],
  ['STAGING', '1.98.0', 'PENDING'],
  ['STAGED', '1.98.0', 'PENDING'],
  ['UPDATING', '1.98.0', 'FAILED'],
  ['PENDING', '1.99.0', 'UPDATED'],
  ['UPDATING', '1.99.0', 'UPDATED'],
  ['UPDATING', '1.99.1', 'UPDATED'],
])('%s, registered again with %s, is %s', (status, agentVersion, expected) => {
  const instance = withReregisteredAgent(withUpdateStatus(pending, status, 2000), { agentVersion }, 3000);
  expect(instance).toMatchObject({ agentUpdateStatus: expected, versionInfo: { agentVersion } });
  expect(isAgentUpdating(instance)).toBe(instance.agentUpdate !== undefined);
});

test('an agent that tells no version any more did not come back with the new one', () => {
  const updating = withUpdateStatus(pending, 'UPDATING', 2000);
  expect(withReregisteredAgent(updating, {}, 3000).agentUpdateStatus).toBe('FAILED');
});

test('an end that came before stays what it was', () => {
  const failed = withUpdateStatus(pending, 'FAILED', 2000);
  expect(withReregisteredAgent(failed, { agentVersion: '1.99.0' }, 3000)).toEqual({
    ...failed,
    versionInfo: { agentVersion: '1.99.0' },
  });
});

test('staging has an hour, performing ten minutes, and what is over no limit', () => {
  expect(agentUpdateDeadline(pending)).toBe(1000 + 3_600_000);
  expect(agentUpdateDeadline(withUpdateStatus(pending, 'STAGING', 5000))).toBe(5000 + 3_600_000);
  expect(agentUpdateDeadline(withUpdateStatus(pending, 'UPDATING', 5000))).toBe(5000 + 600_000);
  expect(agentUpdateDeadline(withUpdateStatus(pending, 'UPDATED', 5000))).toBeUndefined();
});
