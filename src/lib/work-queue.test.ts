import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WorkQueue } from './work-queue.ts';

test('gives each waiting key once, in the order of first adding', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (keys) => {
      const queue = new WorkQueue();
      for (const key of keys) queue.add(key);
      const taken: string[] = [];
      for (let key = queue.take(); key !== undefined; key = queue.take()) taken.push(key);
      expect(taken).toEqual([...new Set(keys)]);
      expect(queue.size).toBe(0);
    }),
  );
});

test('a key that was taken may wait again', () => {
  const queue = new WorkQueue();
  queue.add('a');
  expect(queue.take()).toBe('a');
  queue.add('a');
  expect(queue.take()).toBe('a');
  expect(queue.take()).toBeUndefined();
});
