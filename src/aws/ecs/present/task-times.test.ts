import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aTask } from '../../../../test-support/builders/a-task.ts';
import { applyTaskReport } from '../state/task/task-lifecycle.ts';
import { agentTimes } from './task-times.ts';

const ran = {
  createdAt: 1000,
  pullStartedAt: 2000,
  pullStoppedAt: 3000,
  startedAt: 4000,
  executionStoppedAt: 5000,
  stoppedAt: 6000,
};

test('times that are in order stay what they are', () => {
  expect(agentTimes(aTask(ran))).toEqual({
    pullStartedAt: 2000,
    pullStoppedAt: 3000,
    executionStoppedAt: 5000,
  });
  expect(agentTimes(aTask({ createdAt: 1000 }))).toEqual({});
});

test('a container that ended before its start was heard of did not end before its start', () => {
  const running = applyTaskReport(
    aTask(),
    { status: 'RUNNING', containers: [], executionStoppedAt: 4500 },
    4600,
  );
  expect(running.startedAt).toBe(4600);
  expect(agentTimes(running).executionStoppedAt).toBe(4600);
});

test('a host whose clock is wrong by an hour changes no order', () => {
  const behind = aTask({
    ...ran,
    pullStartedAt: -3_598_000,
    pullStoppedAt: -3_597_000,
    executionStoppedAt: -1,
  });
  expect(agentTimes(behind)).toEqual({ pullStartedAt: 1000, pullStoppedAt: 1000, executionStoppedAt: 4000 });
  const ahead = aTask({
    ...ran,
    pullStartedAt: 3_602_000,
    pullStoppedAt: 3_603_000,
    executionStoppedAt: 3_605_000,
  });
  expect(agentTimes(ahead)).toEqual({ pullStartedAt: 4000, pullStoppedAt: 4000, executionStoppedAt: 6000 });
});

test('whatever a host says, the times are in order', () => {
  const told = fc.option(fc.integer({ min: -10_000, max: 20_000 }), { nil: undefined });
  const durations = fc.tuple(fc.nat(5000), fc.nat(5000));
  fc.assert(
    fc.property(
      told,
      fc.nat(5000),
      told,
      durations,
      (pullStartedAt, pulled, executionStoppedAt, [one, two]) => {
        const [createdAt, startedAt, stoppedAt] = [1000, 1000 + one, 1000 + one + two];
        const pullStoppedAt = pullStartedAt === undefined ? undefined : pullStartedAt + pulled;
        const task = aTask({
          createdAt,
          startedAt,
          stoppedAt,
          pullStartedAt,
          pullStoppedAt,
          executionStoppedAt,
        });
        const shown = agentTimes(task);
        const order = [
          createdAt,
          shown.pullStartedAt,
          shown.pullStoppedAt,
          startedAt,
          shown.executionStoppedAt,
        ];
        const known = [...order, stoppedAt].filter((at) => at !== undefined);
        expect(known).toEqual(known.toSorted((a, b) => a - b));
      },
    ),
  );
});
