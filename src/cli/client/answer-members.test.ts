import { expect, test } from 'vitest';
import { longshoreModel, type LongshoreOperations } from '../../longshore/model.ts';
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

test('a structure that may be absent lacks nothing then, and is as whole as others where it is there', () => {
  const changed = {
    serviceArn: 's',
    clusterArn: 'c',
    taskDefinitionArn: 'd',
    previousTaskDefinitionArn: 'd',
    changes: [],
  };
  expect(missingMember('UpdateServiceImages', changed)).toBeUndefined();
  const missing = missingMember('UpdateServiceImages', { ...changed, deployment: { id: 'ecs-svc/1' } });
  expect(missing).toBe('deployment.serviceDeploymentArn');
});

test('of alternatives only what tells them apart is relied on', () => {
  const counts = { desiredCount: 1, runningCount: 1, pendingCount: 0, healthyCount: 0, unreachableCount: 0 };
  const answer = {
    ...counts,
    serviceArn: 's',
    clusterArn: 'c',
    status: 'ACTIVE',
    schedulingStrategy: 'REPLICA',
    deploymentController: 'ECS',
    strategy: 'ROLLING',
    health: { checkedContainers: [], healthyAfterSeconds: 10, gracePeriodSeconds: 0 },
    deployments: [],
    failedTaskCount: 0,
    failedTasks: [],
  };
  const missing = (...waiting: object[]) => missingMember('ExplainService', { ...answer, waiting });
  expect(missing({ kind: 'percents', tasks: 3 }, { kind: 'unhealthy', tasks: [] })).toBeUndefined();
  expect(missing({ tasks: 3 })).toBe('waiting[0].kind');
});

test('every operation is known, but the one that answers nothing', () => {
  const operations = Object.keys(longshoreModel.operations) as (keyof LongshoreOperations)[];
  const unknown = operations.filter((operation) => missingMember(operation, {}) === undefined);
  expect(unknown).toEqual(['DeleteAccessKey']);
});
