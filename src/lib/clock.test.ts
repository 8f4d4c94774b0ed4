import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep, systemClock } from './clock.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 5000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells the time and fires once after the delay', () => {
    const fired: number[] = [];
    systemClock.after(20, () => fired.push(systemClock.now()));
    vi.advanceTimersByTime(19);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(fired).toEqual([5020]);
  });

  it('fires nothing after a cancel', () => {
    const timer = systemClock.after(20, () => expect.unreachable());
    timer.cancel();
    timer.cancel();
    vi.advanceTimersByTime(1000);
  });

  const days = 24 * 3_600_000;

  it('waits out delays longer than the platform can count', () => {
    let at: number | undefined;
    systemClock.after(60 * days, () => (at = systemClock.now()));
    vi.advanceTimersByTime(60 * days - 1);
    expect(at).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(at).toBe(5000 + 60 * days);
  });

  it('can cancel such a delay in its later part too', () => {
    const timer = systemClock.after(60 * days, () => expect.unreachable());
    vi.advanceTimersByTime(40 * days);
    timer.cancel();
    vi.advanceTimersByTime(40 * days);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('sleep', () => {
  it('resolves after the delay and leaves no listener behind', async () => {
    const clock = new VirtualClock();
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    vi.spyOn(signal, 'addEventListener').mockImplementation(
      (_type, listener) => void listeners.add(listener),
    );
    vi.spyOn(signal, 'removeEventListener').mockImplementation(
      (_type, listener) => void listeners.delete(listener),
    );
    const asleep = sleep(clock, 10, signal);
    expect(listeners.size).toBe(1);
    await clock.advance(10);
    await asleep;
    expect(listeners.size).toBe(0);
  });

  it('rejects with the reason and drops its timer when aborted', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const asleep = sleep(clock, 10, controller.signal);
    controller.abort(new Error('enough'));
    await expect(asleep).rejects.toThrow('enough');
    expect(clock.nextAt()).toBeUndefined();
  });

  it('rejects at once, setting no timer, when it was aborted before', async () => {
    const clock = new VirtualClock();
    await expect(sleep(clock, 10, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(clock.nextAt()).toBeUndefined();
  });

  it('ignores an abort that comes after it woke', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const asleep = sleep(clock, 10, controller.signal);
    await clock.advance(10);
    controller.abort(new Error('late'));
    await expect(asleep).resolves.toBeUndefined();
  });
});
