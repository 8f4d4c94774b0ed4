import { describe, expect, it, test } from 'vitest';
import { isStable, outcomeOf, type DescribedRollout, type DescribedService } from './rollout.ts';

const service = (fields: Partial<DescribedService> = {}): DescribedService => ({
  status: 'ACTIVE',
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  deployments: [{ id: 'ecs-svc/1' }],
  ...fields,
});
type Status = NonNullable<DescribedRollout['status']>;

test.each<[Status, string | undefined]>([
  ['PENDING', undefined],
  ['IN_PROGRESS', undefined],
  ['STOP_REQUESTED', undefined],
  ['ROLLBACK_REQUESTED', undefined],
  ['ROLLBACK_IN_PROGRESS', undefined],
  ['SUCCESSFUL', 'succeeded'],
  ['STOPPED', 'failed'],
  ['ROLLBACK_SUCCESSFUL', 'rolledBack'],
  ['ROLLBACK_FAILED', 'failed'],
])('a service deployment that is %s means %s', (status, outcome) => {
  for (const began of [true, false])
    expect(outcomeOf({ service: service(), rollout: { status } }, began)).toBe(outcome);
});

describe('outcomeOf', () => {
  it('takes the success of the own rollout for success, and of an earlier one only with all tasks', () => {
    const snapshot = { service: service({ runningCount: 1 }), rollout: { status: 'SUCCESSFUL' as const } };
    expect(outcomeOf(snapshot, true)).toBe('succeeded');
    expect(outcomeOf(snapshot, false)).toBeUndefined();
  });

  it('goes by the counts where there is no service deployment', () => {
    expect(outcomeOf({ service: service() }, false)).toBe('succeeded');
    expect(outcomeOf({ service: service({ pendingCount: 1 }) }, false)).toBeUndefined();
  });

  it('sees that the service was deleted', () => {
    const rollout = { status: 'IN_PROGRESS' as const };
    expect(outcomeOf({ service: service({ status: 'DRAINING' }), rollout }, true)).toBe('gone');
  });
});

describe('isStable', () => {
  it('wants one deployment', () => {
    expect(isStable(service({ deployments: [{ id: '1' }, { id: '2' }] }))).toBe(false);
  });

  it('wants every task set in its steady state', () => {
    const set = (stabilityStatus: 'STABILIZING' | 'STEADY_STATE') => ({ id: '1', stabilityStatus });
    const sets = { deployments: [], runningCount: 4 };
    expect(isStable(service({ ...sets, taskSets: [set('STEADY_STATE'), set('STEADY_STATE')] }))).toBe(true);
    expect(isStable(service({ ...sets, taskSets: [set('STEADY_STATE'), set('STABILIZING')] }))).toBe(false);
  });
});
