import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aTask } from '../../../../../../test-support/builders/a-task.ts';
import type { Task } from '../../../state/task/task.ts';
import { exitedEarly } from './exited-early.ts';

const ended = (fields: Partial<Task>): Task =>
  aTask({
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    startedAt: 1000,
    stoppingAt: 40_000,
    ...fields,
  });

test('a task that ended by itself within the time exited early', () => {
  expect(exitedEarly(ended({}), 10_000)).toBe(false);
  expect(exitedEarly(ended({ stoppingAt: 11_000 }), 10_000)).toBe(false);
  expect(exitedEarly(ended({ stoppingAt: 2000 }), 10_000)).toBe(true);
});

test('so did one of which some containers still stop', () => {
  const stopping = ended({ lastStatus: 'RUNNING', stoppingAt: 2000 });
  expect(exitedEarly(stopping, 10_000)).toBe(true);
});

test('one that ended before it was seen to run did too', () => {
  expect(exitedEarly(ended({ startedAt: undefined }), 1)).toBe(true);
});

test('one that was told to stop, never started or still runs did not', () => {
  const early = { stoppingAt: 2000 };
  expect(exitedEarly(ended({ ...early, stopCode: 'ServiceSchedulerInitiated' }), 10_000)).toBe(false);
  expect(exitedEarly(ended({ ...early, stopCode: 'UserInitiated' }), 10_000)).toBe(false);
  expect(exitedEarly(ended({ startedAt: undefined, stopCode: 'TaskFailedToStart' }), 10_000)).toBe(false);
  expect(exitedEarly(ended({ stopCode: undefined, lastStatus: 'RUNNING' }), 10_000)).toBe(false);
});

test('the longer the time, the more count, whatever the clock of the host says', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer(), fc.nat(60_000), fc.nat(60_000), (ran, skew, one, more) => {
      const task = ended({ stoppingAt: 1000 + ran, executionStoppedAt: 1000 + ran + skew });
      expect(exitedEarly(task, ran + 1)).toBe(true);
      expect(exitedEarly(task, ran)).toBe(false);
      if (exitedEarly(task, one)) expect(exitedEarly(task, one + more)).toBe(true);
    }),
  );
});
