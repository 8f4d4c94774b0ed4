import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import type { DescribedRollout, Snapshot } from './rollout.ts';
import type { RolloutChange } from './diff-rollout.ts';
import { watchRollout, type WatchOptions } from './watch-rollout.ts';

type Status = NonNullable<DescribedRollout['status']>;
const passing = new Error('away');

/** Watches what `looks` answer one after the other, the last again and again. */
function watching(looks: readonly (Status | Error)[], more: Partial<WatchOptions> = {}) {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const answer: RolloutChange[] = [];
  const troubles: unknown[] = [];
  let at = 0;
  const look = (): Promise<Snapshot> => {
    const next = looks[Math.min(at++, looks.length - 1)]!;
    if (next instanceof Error) return Promise.reject(next);
    const service = { status: 'ACTIVE', desiredCount: 0, runningCount: 0, pendingCount: 0 };
    return Promise.resolve({ service, rollout: { status: next, createdAt: 0 } });
  };
  const ended = watchRollout({
    own: 'arn',
    timeout: 10_000,
    follow: false,
    clock,
    signal: controller.signal,
    readSnapshot: look,
    isPassing: (error) => error === passing,
    onChange: (changes) => answer.push(...changes),
    onTrouble: (error) => troubles.push(error),
    ...more,
  });
  const statuses = (): string[] => answer.flatMap((one) => (one.what === 'rollout' ? [one.status] : []));
  return { clock, controller, ended, statuses, troubles, looked: () => at };
}

describe('watchRollout', () => {
  it('ends with the rollout and tells each status once', async () => {
    const { clock, ended, statuses } = watching(['PENDING', 'IN_PROGRESS', 'IN_PROGRESS', 'SUCCESSFUL']);
    await clock.advance(2_000);
    expect(await ended).toMatchObject({ outcome: 'succeeded' });
    expect(statuses()).toEqual(['PENDING', 'IN_PROGRESS', 'SUCCESSFUL']);
  });

  it('ends at once where it has failed already', async () => {
    const { ended, looked } = watching(['STOPPED']);
    expect((await ended).outcome).toBe('failed');
    expect(looked()).toBe(1);
  });

  it('gives up when the time is over', async () => {
    const { clock, ended } = watching(['IN_PROGRESS'], { timeout: 1_700 });
    await clock.advance(1_700);
    expect((await ended).outcome).toBe('timeout');
  });

  it('goes on with follow, until it is aborted', async () => {
    const { clock, controller, ended, statuses } = watching(['SUCCESSFUL', 'IN_PROGRESS', 'SUCCESSFUL'], {
      follow: true,
      timeout: undefined,
    });
    const outcome = ended.catch((error: unknown) => error);
    await clock.advance(3_600_000);
    expect(statuses()).toEqual(['SUCCESSFUL', 'IN_PROGRESS', 'SUCCESSFUL']);
    controller.abort(new Error('enough'));
    expect(await outcome).toMatchObject({ message: 'enough' });
  });

  it('bears a server that is away for a while, and says so once', async () => {
    const { clock, ended, troubles } = watching(['IN_PROGRESS', passing, passing, 'SUCCESSFUL']);
    await clock.advance(5_000);
    expect((await ended).outcome).toBe('succeeded');
    expect(troubles).toEqual([passing]);
  });

  it('does not bear what cannot pass, nor a server that was never there', async () => {
    const refused = new Error('refused');
    const { clock, ended } = watching(['IN_PROGRESS', refused]);
    const outcome = ended.catch((error: unknown) => error);
    await clock.advance(1_000);
    expect(await outcome).toBe(refused);
    await expect(watching([passing]).ended).rejects.toBe(passing);
  });
});
