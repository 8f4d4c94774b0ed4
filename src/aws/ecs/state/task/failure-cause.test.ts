import { expect, test } from 'vitest';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import { failedToStart } from './failure-cause.ts';

test('a task failed to start when it never was RUNNING, whether it could not be started or ended before anybody saw it run', () => {
  const stopped = { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', startedAt: undefined } as const;
  expect(failedToStart(aTask({ ...stopped, stopCode: 'TaskFailedToStart' }))).toBe(true);
  expect(failedToStart(aTask({ ...stopped, stopCode: 'EssentialContainerExited' }))).toBe(true);
  expect(failedToStart(aTask({ ...stopped, stopCode: 'EssentialContainerExited', startedAt: 1 }))).toBe(
    false,
  );
  expect(failedToStart(aTask({ ...stopped, stopCode: 'TaskFailedToStart', endedByHost: true }))).toBe(false);
  expect(failedToStart(aTask({ ...stopped, stopCode: 'UserInitiated' }))).toBe(false);
  expect(failedToStart(aTask({ ...stopped, stopCode: 'ServiceSchedulerInitiated' }))).toBe(false);
});
