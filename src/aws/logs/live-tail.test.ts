import { describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { LiveTail } from './live-tail.ts';

function aTail() {
  const clock = new VirtualClock();
  const onEnd = vi.fn<() => void>();
  const tail = new LiveTail({
    start: { sessionId: 's' },
    groups: new Map([['uid', 'a']]),
    takesStream: () => true,
    pattern: '',
    match: async () => [],
    clock,
    onEnd,
  });
  return { clock, onEnd, tail };
}

describe('LiveTail', () => {
  it('ends after three hours with an error, once, after what was not told yet', async () => {
    const { clock, onEnd, tail } = aTail();
    await clock.advance(3 * 3_600_000);
    expect(onEnd).toHaveBeenCalledOnce();
    expect(clock.nextAt()).toBeUndefined();
    expect(await tail.next()).toEqual({ done: false, value: { sessionStart: { sessionId: 's' } } });
    for (let place = 0; place < 9; place++) expect((await tail.next()).value).toHaveProperty('sessionUpdate');
    await expect(tail.next()).rejects.toMatchObject({ code: 'SessionTimeoutException' });
    expect(await tail.next()).toEqual({ done: true, value: undefined });
  });

  it('ends at once when its reader goes, also one that waits', async () => {
    const { clock, onEnd, tail } = aTail();
    await tail.next();
    const waiting = tail.next();
    await tail.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(onEnd).toHaveBeenCalledOnce();
    expect(clock.nextAt()).toBeUndefined();
  });
});
