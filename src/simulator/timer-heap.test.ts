import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../lib/clock.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { TimerHeap } from './timer-heap.ts';

const timers = fc.array(
  fc.record({
    delay: fc.integer({ min: 0, max: 5_000 }),
    cancelAt: fc.option(fc.integer({ min: 0, max: 5_000 })),
  }),
  { maxLength: 30 },
);

/** When each timer fired, in the order in which they did. */
async function fired(
  make: (clock: VirtualClock) => Clock,
  plan: readonly { readonly delay: number; readonly cancelAt: number | null }[],
): Promise<readonly (readonly [timer: number, at: number])[]> {
  const clock = new VirtualClock(0);
  const tested = make(clock);
  const log: [number, number][] = [];
  plan.forEach(({ delay, cancelAt }, number) => {
    const timer = tested.after(delay, () => log.push([number, clock.now()]));
    if (cancelAt !== null) clock.after(cancelAt, () => timer.cancel());
  });
  await clock.advance(6_000);
  return log.sort((one, other) => one[1] - other[1] || one[0] - other[0]);
}

describe('TimerHeap', () => {
  it('fires what the clock itself would, when it would', async () => {
    await fc.assert(
      fc.asyncProperty(timers, async (plan) => {
        // A timer that is cancelled in the very moment it is due may do either.
        const clear = plan.map(({ delay, cancelAt }) => ({
          delay,
          cancelAt: cancelAt === delay ? null : cancelAt,
        }));
        expect(await fired((clock) => new TimerHeap(clock), clear)).toEqual(
          await fired((clock) => clock, clear),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('needs one timer of its clock for many of its own', async () => {
    const clock = new VirtualClock(0);
    let made = 0;
    const counting: Clock = {
      now: () => clock.now(),
      wall: () => clock.wall(),
      elapsed: () => clock.elapsed(),
      after: (delay, run) => {
        made += 1;
        return clock.after(delay, run);
      },
    };
    const heap = new TimerHeap(counting);
    let rang = 0;
    for (let count = 0; count < 1_000; count += 1) heap.after(100, () => (rang += 1));
    await clock.advance(100);
    expect([made, rang]).toEqual([1, 1_000]);
  });

  it('goes on after a timer that throws', async () => {
    const clock = new VirtualClock(0);
    const failing: Clock = {
      now: () => clock.now(),
      wall: () => clock.wall(),
      elapsed: () => clock.elapsed(),
      after: (delay, run) =>
        clock.after(delay, () => {
          try {
            run();
          } catch {
            // The machine would report it; the test only wants what comes after.
          }
        }),
    };
    const heap = new TimerHeap(failing);
    let rang = false;
    heap.after(10, () => {
      throw new Error('a bad timer');
    });
    heap.after(10, () => (rang = true));
    await clock.advance(20);
    expect(rang).toBe(true);
  });
});
