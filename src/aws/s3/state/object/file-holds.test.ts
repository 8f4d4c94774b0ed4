import { expect, test } from 'vitest';
import { flushPromises } from '../../../../../test-support/virtual-clock.ts';
import { FileHolds } from './file-holds.ts';

const isFree = (holds: FileHolds, file: string): (() => boolean) => {
  let free = false;
  void holds.free(file).then(() => (free = true));
  return () => free;
};

test('a file goes once everybody is done who may have found it', async () => {
  const holds = new FileHolds();
  const [one, other] = [holds.hold(), holds.hold()];
  const [a, b] = [isFree(holds, 'a'), isFree(holds, 'b')];
  // It comes too late to find any of them.
  holds.hold();
  one.keepOnly(['a']);
  await flushPromises();
  expect([a(), b()]).toEqual([false, false]);
  other.keepOnly([]);
  await flushPromises();
  expect([a(), b()]).toEqual([false, true]);
  one.release();
  one.release();
  await flushPromises();
  expect(a()).toBe(true);
});
