import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { endlessTurns, eventLoopTurns, inTurn } from './turns.ts';

describe('turns of the event loop', () => {
  let now = 0;
  const clock = { elapsed: () => now };
  beforeEach(() => {
    now = 0;
  });

  it('do at once what comes while the running one has time', () => {
    const done: string[] = [];
    const turns = eventLoopTurns(5, clock);
    turns.run(() => done.push('first'));
    now = 4;
    turns.run(() => done.push('second'));
    expect(done).toEqual(['first', 'second']);
  });

  it('leave the rest to later ones, in its order, each as much as it has time for', async () => {
    const done: number[] = [];
    const turns = eventLoopTurns(5, clock);
    for (let at = 0; at < 6; at++)
      turns.run(() => {
        done.push(at);
        now += 3;
      });
    const seen: number[] = [done.length];
    while (done.length < 6) {
      await nextTurn();
      seen.push(done.length);
    }
    expect(done).toEqual([0, 1, 2, 3, 4, 5]);
    expect(seen[0]).toBe(2);
    for (const [at, count] of seen.entries()) expect(count - (seen[at - 1] ?? 0)).toBeLessThanOrEqual(3);
  });

  it('put what comes while others wait behind them', async () => {
    const done: string[] = [];
    const turns = eventLoopTurns(5, clock);
    turns.run(() => (now = 5));
    turns.run(() => done.push('waited'));
    now = 0;
    turns.run(() => done.push('came later'));
    expect(done).toEqual([]);
    await nextTurn();
    await nextTurn();
    expect(done).toEqual(['waited', 'came later']);
  });

  it('do one thing each though none has time for it', async () => {
    let done = 0;
    const turns = eventLoopTurns(0, clock);
    for (let at = 0; at < 3; at++) turns.run(() => done++);
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    expect(done).toBe(3);
  });
});

describe('work in a turn', () => {
  it('gives what it answers, also what it promises', async () => {
    expect(await inTurn(endlessTurns, () => 1)).toBe(1);
    expect(await inTurn(endlessTurns, () => Promise.resolve(2))).toBe(2);
  });

  it('rejects with what it throws', async () => {
    const error = new Error('no');
    const failing = inTurn(endlessTurns, () => {
      throw error;
    });
    await expect(failing).rejects.toBe(error);
  });
});
