import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PriorityQueue, type Entry } from './priority-queue.ts';

interface Job {
  readonly due: number;
  readonly order: number;
}
const isBefore = (one: Job, other: Job): boolean =>
  one.due < other.due || (one.due === other.due && one.order < other.order);

/** What to do: add a job due then, take the first one, or remove the n-th ever added. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ add: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.constant('take' as const) },
  { weight: 2, arbitrary: fc.record({ remove: fc.nat(60) }) },
);

test('agrees with a sorted array whatever is added, taken and removed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const queue = new PriorityQueue(isBefore);
      const entries: Entry<Job>[] = [];
      let model: Job[] = [];
      for (const one of steps) {
        if (one === 'take') {
          expect(queue.take()).toBe(model.shift());
        } else if ('add' in one) {
          const job = { due: one.add, order: entries.length };
          entries.push(queue.add(job));
          model = [...model, job].sort((a, b) => (isBefore(a, b) ? -1 : 1));
        } else if (one.remove < entries.length) {
          const entry = entries[one.remove]!;
          queue.remove(entry);
          model = model.filter((job) => job !== entry.item);
        }
        expect(queue.first()).toBe(model[0]);
        expect(queue.size).toBe(model.length);
      }
      const rest = Array.from({ length: model.length }, () => queue.take());
      expect(rest).toEqual(model);
      expect(queue.take()).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
