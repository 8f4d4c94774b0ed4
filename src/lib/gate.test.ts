import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';
import { flushPromises } from '../../test-support/virtual-clock.ts';

describe('Gate', () => {
  it('never lets more in than its limit, and everybody in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { maxLength: 40 }),
        async (limit, failing) => {
          const gate = new Gate(limit);
          const began: number[] = [];
          let inside = 0;
          let most = 0;
          const work = (number: number, fails: boolean) => async (): Promise<number> => {
            began.push(number);
            inside += 1;
            most = Math.max(most, inside);
            await flushPromises();
            inside -= 1;
            if (fails) throw new Error(String(number));
            return number;
          };
          const outcomes = await Promise.allSettled(
            failing.map((fails, number) => gate.run(work(number, fails))),
          );
          expect(began).toEqual(failing.map((_, number) => number));
          expect(most).toBe(Math.min(limit, failing.length));
          expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(failing);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has room again after all are gone', async () => {
    const gate = new Gate(1);
    await gate.run(() => Promise.resolve());
    const blocked = Promise.withResolvers<void>();
    const first = gate.run(() => blocked.promise);
    let second = false;
    const waiting = gate.run(() => Promise.resolve((second = true)));
    await flushPromises();
    expect(second).toBe(false);
    blocked.resolve();
    await Promise.all([first, waiting]);
    expect(second).toBe(true);
  });
});
