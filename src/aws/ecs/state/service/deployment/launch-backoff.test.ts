import { describe, expect, test } from 'vitest';
import { beginsBackoff, backoffUntil, nextConsecutiveFailures } from './launch-backoff.ts';

const minute = 60_000;
const nothing = { hasRun: false, hasDied: false };

test('three failures are tried again at once, then ever later up to a quarter of an hour', () => {
  const wait = (failedTasks: number): number => backoffUntil({ failedTasks, lastFailureAt: 1000 }, 1) - 1000;
  expect([3, 4, 5, 9, 10, 40].map(wait)).toEqual([10_000, 20_000, 40_000, 640_000, 15 * minute, 15 * minute]);
  expect(backoffUntil({ failedTasks: 2, lastFailureAt: 1000 }, 1)).toBe(0);
  expect([beginsBackoff(2, 3), beginsBackoff(3, 4), beginsBackoff(1, 2)]).toEqual([true, false, false]);
});

test('what has run for long does not end a row of failures', () => {
  const held = { failedTasks: 0, startFailures: 4, lastFailureAt: 1000 };
  expect(backoffUntil(held, 1)).toBe(21_000);
});

test('how many quick exits pause it goes by how many tasks it is to have, not by what it had', () => {
  const exits = { failedTasks: 0, crashLoopExits: 13, lastCrashLoopExitAt: 1000 };
  expect(backoffUntil(exits, 2)).toBeGreaterThan(1000);
  expect(backoffUntil(exits, 13)).toBe(0);
});

describe('a row', () => {
  test('grows by what fails and ends with what runs', () => {
    expect(nextConsecutiveFailures(2, 3, nothing)).toBe(5);
    expect(nextConsecutiveFailures(7, 0, { ...nothing, hasRun: true })).toBe(0);
    expect(nextConsecutiveFailures(7, 2, { ...nothing, hasRun: true })).toBe(2);
  });

  test('does not keep a task from being replaced that ran and died', () => {
    expect(
      backoffUntil(
        {
          failedTasks: 0,
          startFailures: nextConsecutiveFailures(9, 0, { ...nothing, hasDied: true }),
          lastFailureAt: 1,
        },
        1,
      ),
    ).toBe(0);
  });
});
