import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep, steadyClock, thisMachine, type Clock } from './clock.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';

describe('the system clock', () => {
  let systemClock: Clock;

  beforeEach(() => {
    vi.useFakeTimers({ now: 5000 });
    systemClock = steadyClock(thisMachine);
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

describe('a steady clock', () => {
  const hour = 3_600_000;
  const start = Date.UTC(2026, 0, 1);
  const open = (notBefore?: number) => {
    const machine = new VirtualClock(start);
    return { machine, clock: steadyClock(machine, notBefore) };
  };
  const advance = async (machine: VirtualClock, clock: Clock, duration: number): Promise<number> => {
    const before = clock.now();
    await machine.advance(duration);
    return clock.now() - before;
  };

  it('is the wall clock while nobody sets that', async () => {
    const { machine, clock } = open();
    expect(clock.now()).toBe(start);
    expect(await advance(machine, clock, 90_000)).toBe(90_000);
    expect(clock.now()).toBe(machine.wall());
  });

  it.each([-hour, hour, -30 * 24 * hour])('measures time to a tenth after a step by %i ms', async (step) => {
    const { machine, clock } = open();
    machine.setWall(step);
    expect(clock.now()).toBe(start);
    const passed = await advance(machine, clock, 100_000);
    expect(passed).toBe(step < 0 ? 90_000 : 110_000);
  });

  it.each([-hour, hour])('comes to a wall clock that was set by %i ms', async (step) => {
    const { machine, clock } = open();
    machine.setWall(step);
    for (let minutes = 0; minutes < 11 * 60; minutes++) await advance(machine, clock, 60_000);
    expect(clock.now()).toBe(machine.wall());
  });

  it('believes a wall clock at once that was hours behind, and never goes back', async () => {
    const { machine, clock } = open();
    machine.setWall(3 * hour);
    expect(clock.now()).toBe(start + 3 * hour);
    machine.setWall(-3 * hour);
    expect(clock.now()).toBe(start + 3 * hour);
    expect(await advance(machine, clock, 1000)).toBe(900);
  });

  it('goes on from an instant that is known, where the wall clock is behind that', async () => {
    const { machine, clock } = open(start + hour);
    expect(clock.now()).toBe(start + hour);
    expect(await advance(machine, clock, 1000)).toBe(900);
    expect(open(start - hour).clock.now()).toBe(start);
  });

  it('never goes back, however often its machine is set', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: -5 * hour, max: 5 * hour }), fc.nat(10_000))),
        async (steps) => {
          const { machine, clock } = open();
          for (const [step, passes] of steps) {
            machine.setWall(step);
            expect(await advance(machine, clock, passes)).toBeGreaterThanOrEqual(Math.floor(passes * 0.9));
          }
        },
      ),
    );
  });
});
