import { describe, expect, it } from 'vitest';
import type { DescribedService, Snapshot } from './rollout.ts';
import { diffRollout } from './diff-rollout.ts';

const event = (id: string, createdAt: number) => ({ id, createdAt, message: `message ${id}` });
const deployment = (id: string, fields: object = {}) => ({
  id,
  status: 'PRIMARY',
  taskDefinition: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1',
  rolloutState: 'IN_PROGRESS' as const,
  desiredCount: 2,
  runningCount: 0,
  pendingCount: 2,
  failedTasks: 0,
  ...fields,
});
const snapshot = (service: DescribedService, rollout?: Snapshot['rollout']): Snapshot => ({
  service,
  rollout,
});

describe('newsOf', () => {
  it('tells everything at first, but only events since then, the oldest first', () => {
    const service = {
      events: [event('c', 30), event('b', 20), event('a', 10)],
      deployments: [deployment('2'), deployment('1', { status: 'ACTIVE' })],
    };
    const answer = diffRollout(undefined, snapshot(service, { status: 'IN_PROGRESS' }), 20, 99);
    expect(answer.map((one) => ('id' in one ? one.id : one.what))).toEqual(['b', 'c', 'rollout', '2', '1']);
    expect(answer[0]).toEqual({ at: 20, what: 'event', id: 'b', message: 'message b' });
    expect(answer[3]).toMatchObject({
      at: 99,
      taskDefinition: 'web:1',
      state: 'IN_PROGRESS',
      pendingCount: 2,
    });
  });

  it('tells nothing where nothing has changed', () => {
    const same = snapshot(
      { events: [event('a', 10)], deployments: [deployment('1')] },
      {
        status: 'IN_PROGRESS',
        lifecycleHookDetails: [{ hookId: 'h', status: 'AWAITING_ACTION' }],
      },
    );
    expect(diffRollout(same, structuredClone(same), 0, 99)).toEqual([]);
  });

  it('tells what has changed, and what is gone', () => {
    const before = snapshot(
      { events: [event('a', 10)], deployments: [deployment('2'), deployment('1', { runningCount: 2 })] },
      { status: 'IN_PROGRESS', lifecycleStage: 'SCALE_UP' },
    );
    const after = snapshot(
      { events: [event('b', 20), event('a', 10)], deployments: [deployment('2', { runningCount: 1 })] },
      {
        serviceDeploymentArn: 'arn',
        status: 'ROLLBACK_IN_PROGRESS',
        lifecycleStage: 'BAKE_TIME',
        statusReason: 'why',
        lifecycleHookDetails: [{ hookId: 'h', status: 'AWAITING_ACTION', expiresAt: 50 }],
      },
    );
    expect(diffRollout(before, after, 0, 99)).toEqual([
      { at: 20, what: 'event', id: 'b', message: 'message b' },
      {
        at: 99,
        what: 'rollout',
        status: 'ROLLBACK_IN_PROGRESS',
        lifecycleStage: 'BAKE_TIME',
        reason: 'why',
      },
      {
        at: 99,
        what: 'hook',
        hookId: 'h',
        status: 'AWAITING_ACTION',
        expiresAt: 50,
        serviceDeploymentArn: 'arn',
      },
      expect.objectContaining({ id: '1', status: 'INACTIVE', runningCount: 0 }),
      expect.objectContaining({ id: '2', runningCount: 1 }),
    ]);
  });

  it('tells of task sets as of deployments', () => {
    const set = {
      id: 'ecs-svc/3',
      status: 'PRIMARY',
      taskDefinition: 'web:1',
      stabilityStatus: 'STABILIZING' as const,
      computedDesiredCount: 4,
    };
    expect(diffRollout(undefined, snapshot({ taskSets: [set] }), 0, 99)).toMatchObject([
      { what: 'deployment', state: 'STABILIZING', desiredCount: 4 },
    ]);
  });
});
