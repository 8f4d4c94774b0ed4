import { expect, test } from 'vitest';
import type { NatGateway } from '../../state/nat-gateway/nat-gateway.ts';
import { endTime, nextState, retention, startTime } from './reconcile.ts';

const gateway = (
  state: NatGateway['state'],
  connectivityType: 'public' | 'private' = 'public',
): NatGateway => ({
  version: 1,
  accountId: '000000000000',
  region: 'us-east-1',
  id: 'nat-1',
  tags: [],
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  connectivityType,
  state,
  since: 1000,
  createdAt: 1000,
  networkInterfaceId: 'eni-1',
  privateIp: '10.0.0.4',
});

test('a public gateway works where its VPC has a way out, a private one anywhere', () => {
  const at = 1000 + startTime;
  expect(nextState(gateway('pending'), true)).toEqual({ state: 'available', at });
  expect(nextState(gateway('pending'), false)).toEqual({ state: 'failed', at });
  expect(nextState(gateway('pending', 'private'), false)).toEqual({ state: 'available', at });
  const failure = { code: 'Resource.AlreadyAssociated', message: 'm' };
  expect(nextState({ ...gateway('pending'), failure }, true)).toEqual({ state: 'failed', at });
});

test('an available gateway stays so, also when the way out is gone', () => {
  expect(nextState(gateway('available'), false)).toBeUndefined();
});

test('a gateway is deleted after a while, and what has ended is forgotten after an hour', () => {
  expect(nextState(gateway('deleting'), true)).toEqual({ state: 'deleted', at: 1000 + endTime });
  for (const state of ['deleted', 'failed'] as const)
    expect(nextState(gateway(state), true)).toEqual({ state: 'forgotten', at: 1000 + retention });
});
