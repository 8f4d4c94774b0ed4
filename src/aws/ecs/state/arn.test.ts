import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  clusterArn,
  containerArn,
  containerInstanceArn,
  parseEcsArn,
  serviceArn,
  serviceDeploymentArn,
  serviceRevisionArn,
  taskArn,
  taskDefinitionArn,
  taskSetArn,
} from './arn.ts';
import { lastPart } from '../../../lib/arn.ts';

const scope = { accountId: '111122223333', region: 'eu-west-1' };
const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
const id = fc.stringMatching(/^[0-9a-f]{32}$/);

test.each([
  ['cn-north-1', 'arn:aws-cn:ecs:cn-north-1:111122223333:cluster/c'],
  ['us-gov-west-1', 'arn:aws-us-gov:ecs:us-gov-west-1:111122223333:cluster/c'],
])('an ARN in %s is of its partition', (region, arn) => {
  expect(clusterArn({ ...scope, region }, 'c')).toBe(arn);
});

test.each([
  [clusterArn(scope, 'c'), 'cluster/c'],
  [taskArn(scope, 'c', 't'), 'task/c/t'],
  [containerArn(scope, 'c', 't', 'x'), 'container/c/t/x'],
  [containerInstanceArn(scope, 'c', 'i'), 'container-instance/c/i'],
  [taskDefinitionArn(scope, 'web', 3), 'task-definition/web:3'],
  [serviceArn(scope, 'c', 's'), 'service/c/s'],
  [taskSetArn(scope, 'c', 's', 'ecs-svc/1'), 'task-set/c/s/ecs-svc/1'],
  [serviceDeploymentArn(scope, 'c', 's', 'x_-1'), 'service-deployment/c/s/x_-1'],
  [serviceRevisionArn(scope, 'c', 's', '1'), 'service-revision/c/s/1'],
])('%s has the form that ECS gives it', (arn, resource) => {
  expect(arn).toBe(`arn:aws:ecs:eu-west-1:111122223333:${resource}`);
});

describe('reading an ARN', () => {
  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(name, id, fc.integer({ min: 1, max: 1_000_000 }), (cluster, part, revision) => {
        const made = [
          [clusterArn(scope, cluster), 'cluster', cluster],
          [taskArn(scope, cluster, part), 'task', `${cluster}/${part}`],
          [containerInstanceArn(scope, cluster, part), 'container-instance', `${cluster}/${part}`],
          [taskDefinitionArn(scope, cluster, revision), 'task-definition', `${cluster}:${revision}`],
        ] as const;
        for (const [arn, type, path] of made) expect(parseEcsArn(arn)).toEqual({ ...scope, type, path });
      }),
    );
  });

  it('takes those of other partitions', () => {
    expect(parseEcsArn('arn:aws-us-gov:ecs:us-gov-west-1:1:cluster/c')).toMatchObject({
      type: 'cluster',
      path: 'c',
    });
  });

  it('gives back what was made in any partition', () => {
    for (const region of ['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1'])
      expect(parseEcsArn(clusterArn({ ...scope, region }, 'c'))).toMatchObject({ region, path: 'c' });
  });

  test.each([
    '',
    'default',
    'arn:aws:ecs:r:1:cluster',
    'arn:aws:ecs:r:1:cluster/',
    'arn:aws:iam::1:user/me',
    ' arn:aws:ecs:r:1:cluster/c',
    'arn:aws:ecs:r:1:2:cluster/c',
    'arn:aws:ecs:cn-north-1:1:cluster/c',
    'arn:aws-cn:ecs:us-east-1:1:cluster/c',
  ])('answers undefined for %j', (text) => {
    expect(parseEcsArn(text)).toBeUndefined();
  });

  it('answers for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const parsed = parseEcsArn(`arn:aws:ecs:r:1:task/${path}`);
        expect(parsed === undefined || parsed.path === path).toBe(true);
      }),
    );
  });
});

test('the last part of an ARN or id', () => {
  expect(lastPart(taskArn(scope, 'c', 't'))).toBe('t');
  expect(lastPart('c/t')).toBe('t');
  expect(lastPart('t')).toBe('t');
  expect(lastPart(taskDefinitionArn(scope, 'web', 3))).toBe('web:3');
});
