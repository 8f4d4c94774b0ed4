import { expect, test } from 'vitest';
import { withCrashLoopExits, crashLoopUntil } from './crash-loop.ts';

const pause = (crashLoopExits: number, desiredCount: number): number =>
  crashLoopUntil({ crashLoopExits, lastCrashLoopExitAt: 1000 }, desiredCount) - 1000;

test('the first exits are of no consequence, then each round waits longer, up to ten seconds', () => {
  expect(crashLoopUntil({}, 1)).toBe(0);
  expect(crashLoopUntil({ crashLoopExits: 5, lastCrashLoopExitAt: 1000 }, 1)).toBe(0);
  expect([6, 7, 8, 9, 10, 1000].map((exits) => pause(exits, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
});

test('as many as there are tasks are of no consequence', () => {
  expect(crashLoopUntil({ crashLoopExits: 100, lastCrashLoopExitAt: 1000 }, 100)).toBe(0);
  expect([101, 200, 201].map((exits) => pause(exits, 100))).toEqual([1_000, 1_000, 2_000]);
});

test('a minute without one ends the row', () => {
  const row = withCrashLoopExits({}, 4, 1000);
  expect(row).toEqual({ crashLoopExits: 4, lastCrashLoopExitAt: 1000 });
  expect(withCrashLoopExits(row, 1, 61_000).crashLoopExits).toBe(5);
  expect(withCrashLoopExits(row, 1, 61_001).crashLoopExits).toBe(1);
});
