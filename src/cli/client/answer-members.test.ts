import { expect, test } from 'vitest';
import { longshoreOperations } from '../../longshore/api.ts';
import { missingMember } from './answer-members.ts';

test('the first member that an answer lacks is named, in structures too', () => {
  const lost = { instances: [], standaloneTasks: [], standaloneTaskCount: 0 };
  const whole = { clusterArn: 'c', instances: 0, lost, stopped: [], runs: [], more: 1 };
  expect(missingMember('PlanPlacement', whole)).toBeUndefined();
  expect(missingMember('PlanPlacement', { ...whole, runs: undefined })).toBe('runs');
  expect(missingMember('PlanPlacement', { ...whole, lost: { instances: [] } })).toBe('lost.standaloneTasks');
  expect(missingMember('PlanPlacement', { ...whole, lost: null })).toBe('lost.instances');
});

test('an element of a list that lacks a member is named by its place, in lists within lists too', () => {
  const key = { accessKeyId: 'k', kind: 'root', status: 'ACTIVE', userName: 'u', createdAt: 1 };
  const missing = (...accessKeys: object[]) => missingMember('ListAccessKeys', { accessKeys });
  expect(missing()).toBeUndefined();
  expect(missing(key, key)).toBeUndefined();
  expect(missing(key, { ...key, kind: undefined })).toBe('accessKeys[1].kind');
  expect(missingMember('ListAccessKeys', { accessKeys: {} })).toBe('accessKeys[]');
  const container = { name: 'app', image: 'i', essential: true };
  const failure = { cause: 'exit', taskArn: 't', taskDefinitionArn: 'd', createdAt: 1, stoppedAt: 2 };
  const failures = [{ ...failure, containers: [container] }];
  expect(missingMember('DescribeTaskFailures', { clusterArn: 'c', total: 1, failures })).toBe(
    'failures[0].containers[0].healthStatus',
  );
});

test('every operation is known, but the one that answers nothing', () => {
  const unknown = longshoreOperations.filter((operation) => missingMember(operation, {}) === undefined);
  expect(unknown).toEqual(['DeleteAccessKey']);
  expect(missingMember('toString', {})).toBeUndefined();
});
