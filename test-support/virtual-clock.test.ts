import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('a virtual clock', () => {
  it('stands still until it is moved', () => {
    const clock = new VirtualClock(1000);
    clock.after(0, () => expect.unreachable('nobody moved the clock'));
    expect(clock.now()).toBe(1000);
    expect(clock.nextAt()).toBe(1000);
  });

  it('fires what falls due, in order of due time and then of creation, each at its own time', async () => {
    const delays = fc.array(fc.nat(50), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(delays, fc.nat(60), async (input, duration) => {
        const clock = new VirtualClock(0);
        const fired: { at: number; which: number }[] = [];
        input.forEach((delay, which) => clock.after(delay, () => fired.push({ at: clock.now(), which })));
        await clock.advance(duration);
        const due = input
          .map((at, which) => ({ at, which }))
          .filter(({ at }) => at <= duration)
          .sort((a, b) => a.at - b.at || a.which - b.which);
        expect(fired).toEqual(due);
        expect(clock.now()).toBe(duration);
        const rest = input.filter((delay) => delay > duration);
        expect(clock.nextAt()).toBe(rest.length === 0 ? undefined : Math.min(...rest));
      }),
    );
  });

  it('fires a timer that another one set, when it falls due within the same move', async () => {
    const clock = new VirtualClock(0);
    const ticks: number[] = [];
    const tick = (): void => {
      ticks.push(clock.now());
      clock.after(10, tick);
    };
    clock.after(10, tick);
    await clock.advance(35);
    expect(ticks).toEqual([10, 20, 30]);
    expect(clock.nextAt()).toBe(40);
  });

  it('lets promises settle between timers', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.after(1, () => void Promise.resolve().then(() => seen.push('promise of the first')));
    clock.after(2, () => seen.push('second'));
    await clock.advance(2);
    expect(seen).toEqual(['promise of the first', 'second']);
  });

  it('fires no cancelled timer, cancelled before or by another timer, and takes a late or second cancel', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    const early = clock.after(1, () => fired.push('early'));
    const late = clock.after(3, () => fired.push('late'));
    const never = clock.after(2, () => fired.push('never'));
    clock.after(2, () => late.cancel());
    never.cancel();
    never.cancel();
    await clock.advance(5);
    early.cancel();
    expect(fired).toEqual(['early']);
    expect(clock.nextAt()).toBeUndefined();
  });

  it('takes a negative delay for none', async () => {
    const clock = new VirtualClock(100);
    let at = 0;
    clock.after(-50, () => (at = clock.now()));
    await clock.advance(0);
    expect(at).toBe(100);
  });

  it('keeps to whole milliseconds, as a clock of a machine does', async () => {
    const clock = new VirtualClock(100);
    let at = 0;
    clock.after(0.3, () => (at = clock.now()));
    await clock.advance(1);
    expect(at).toBe(101);
  });
});
