// Whatever agents report, in whatever order and however often, a task's story stays one that can be told.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainer, aTask } from '../../../../../test-support/builders/a-task.ts';
import { deepFreeze } from '../../../../store/deep-freeze.ts';
import {
  applyTaskReport,
  askToStop,
  endTask,
  type ContainerReport,
  type TaskReport,
} from './task-lifecycle.ts';
import { taskStatuses, type Task, type TaskStatus } from './task.ts';
import { type ContainerStatus } from '../../../../agent-protocol/container-report.ts';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const containerStatuses: readonly ContainerStatus[] = ['PENDING', 'RUNNING', 'STOPPED'];
const reasons = ['', 'OutOfMemoryError: x', 'CannotPullContainerError: x', 'CannotStartContainerError: x'];

const containerReport: fc.Arbitrary<ContainerReport> = fc.record({
  name: fc.constantFrom('app', 'sidecar', 'unknown'),
  status: optional(fc.constantFrom(...containerStatuses)),
  runtimeId: optional(fc.constantFrom('', 'id-1', 'id-2')),
  imageDigest: optional(fc.constantFrom('', 'sha256:1', 'sha256:2')),
  exitCode: optional(fc.constantFrom(0, 1, 137)),
  reason: optional(fc.constantFrom(...reasons)),
  networkBindings: optional(
    fc.constantFrom([], [{ containerPort: 80, hostPort: 1 }], [{ containerPort: 80, hostPort: 2 }]),
  ),
});

const taskReport = (statuses: readonly TaskStatus[] = taskStatuses): fc.Arbitrary<TaskReport> =>
  fc.record({
    status: optional(fc.constantFrom(...statuses)),
    reason: optional(fc.constantFrom('', 'UnrecogniedTaskError: x')),
    containers: fc.array(containerReport, { maxLength: 4 }),
    pullStartedAt: optional(fc.nat(9)),
    pullStoppedAt: optional(fc.nat(9)),
    executionStoppedAt: optional(fc.nat(9)),
  });

type Step = TaskReport | 'ask' | 'end';
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: taskReport() },
  { weight: 1, arbitrary: fc.constant('ask' as const) },
  { weight: 1, arbitrary: fc.constant('end' as const) },
);

/** Frozen, so that code that changed a task instead of making a new one would throw. */
const fresh = (): Task =>
  deepFreeze(aTask({ containers: [aContainer(), aContainer({ name: 'sidecar', essential: false })] }));

function apply(task: Task, one: Step, now: number): Task {
  if (one === 'ask') return deepFreeze(askToStop(task, 'UserInitiated', 'asked', now));
  if (one === 'end') return deepFreeze(endTask(task, 'TerminationNotice', 'host gone', now));
  return deepFreeze(applyTaskReport(task, one, now));
}

/** The task after each step, beginning with the fresh one; step n happens at time n + 1. */
const story = (steps: readonly Step[]): Task[] => {
  const tasks = [fresh()];
  steps.forEach((one, at) => tasks.push(apply(tasks[at]!, one, at + 1)));
  return tasks;
};

/** Each task of a story beside the one before it. */
function* moves(steps: readonly Step[]): Iterable<readonly [before: Task, after: Task]> {
  const tasks = story(steps);
  for (let at = 1; at < tasks.length; at++) yield [tasks[at - 1]!, tasks[at]!];
}

const steps = fc.array(step, { maxLength: 12 });
const holds = (property: (input: Step[]) => void): void =>
  fc.assert(fc.property(steps, property), { numRuns: 1000 });

test('statuses only go forward', () => {
  holds((input) => {
    for (const [before, after] of moves(input)) {
      expect(taskStatuses.indexOf(after.lastStatus)).toBeGreaterThanOrEqual(
        taskStatuses.indexOf(before.lastStatus),
      );
      if (before.desiredStatus === 'STOPPED') expect(after.desiredStatus).toBe('STOPPED');
      after.containers.forEach((container, at) =>
        expect(containerStatuses.indexOf(container.lastStatus)).toBeGreaterThanOrEqual(
          containerStatuses.indexOf(before.containers[at]!.lastStatus),
        ),
      );
    }
  });
});

test('what is known once stays: cause, times, exit codes, and all that a report is not about', () => {
  const lasting = [
    'stopCode',
    'stoppedReason',
    'createdAt',
    'pullStartedAt',
    'pullStoppedAt',
    'startedAt',
    'executionStoppedAt',
    'stoppingAt',
    'stoppedAt',
    'arn',
    'containerInstanceArn',
    'resources',
  ] as const;
  holds((input) => {
    for (const [before, after] of moves(input)) {
      for (const field of lasting) {
        if (before[field] !== undefined) expect(after[field]).toBe(before[field]);
      }
      after.containers.forEach((container, at) => {
        const { lastStatus, exitCode } = before.containers[at]!;
        if (lastStatus === 'STOPPED' && exitCode !== undefined) expect(container.exitCode).toBe(exitCode);
      });
    }
  });
});

test('a STOPPED task is whole: asked for or explained, timed, with all its containers STOPPED, and final', () => {
  holds((input) => {
    for (const [before, after] of moves(input)) {
      if (before.lastStatus === 'STOPPED') expect(after).toBe(before);
      expect(after.stoppedAt !== undefined).toBe(after.lastStatus === 'STOPPED');
      expect(after.stopCode !== undefined).toBe(after.desiredStatus === 'STOPPED');
      expect(Boolean(after.stoppedReason)).toBe(after.desiredStatus === 'STOPPED');
      if (after.lastStatus !== 'STOPPED') continue;
      expect(after.desiredStatus).toBe('STOPPED');
      expect(after.stoppingAt).toBeLessThanOrEqual(after.stoppedAt!);
      expect(after.containers.every((container) => container.lastStatus === 'STOPPED')).toBe(true);
    }
  });
});

test('only a task that was not RUNNING before its end was known failed to start', () => {
  holds((input) => {
    const tasks = story(input);
    const last = tasks.at(-1)!;
    const ran = tasks.some((task) => task.lastStatus === 'RUNNING');
    expect(last.startedAt !== undefined).toBe(ran);
    const end = tasks.find((task) => task.stopCode !== undefined);
    if (end?.stopCode === 'TaskFailedToStart') expect(end.startedAt).toBeUndefined();
    if (last.stopCode === 'UserInitiated') expect(input).toContain('ask');
    if (last.stopCode === 'TerminationNotice') expect(input).toContain('end');
  });
});

test('a task of which an essential container ended is to be STOPPED, from that report on', () => {
  holds((input) => {
    for (const [before, after] of moves(input)) {
      const ended = after.containers.some(
        ({ essential, lastStatus }) => essential && lastStatus === 'STOPPED',
      );
      if (ended) expect(after.desiredStatus).toBe('STOPPED');
      if (ended && before.desiredStatus === 'RUNNING') expect(after.stoppingAt).toBeDefined();
    }
  });
});

test('a report applied twice is the report applied once', () => {
  fc.assert(
    fc.property(steps, taskReport(), fc.nat(5), (input, doubled, wait) => {
      const once = applyTaskReport(story(input).at(-1)!, doubled, 100);
      expect(applyTaskReport(once, doubled, 100 + wait)).toBe(once);
    }),
    { numRuns: 3000 },
  );
});

test('a report that changed nothing to look at gave the very same task back', () => {
  holds((input) => {
    for (const [before, after] of moves(input)) {
      if (after !== before) expect(after).not.toEqual(before);
    }
  });
});

test('a report that comes again later is not taken for news', () => {
  // What an agent sends of one task, in order: statuses that only go forward, one value for each field.
  const sequence = fc
    .array(fc.constantFrom<ContainerStatus>('PENDING', 'RUNNING', 'STOPPED'), { maxLength: 5 })
    .map((input) => input.sort((a, b) => containerStatuses.indexOf(a) - containerStatuses.indexOf(b)))
    .map((input) =>
      input.map((status): TaskReport => ({
        status,
        containers: [
          { name: 'app', status, ...(status === 'STOPPED' ? { exitCode: 1 } : { runtimeId: 'id' }) },
        ],
      })),
    );
  fc.assert(
    fc.property(sequence, fc.nat(4), (reports, again) => {
      const last = story(reports).at(-1)!;
      const resent = reports[again];
      if (resent !== undefined) expect(applyTaskReport(last, resent, 100)).toBe(last);
    }),
  );
});

test('the order in which reports arrive does not change where a task ends', () => {
  const reports = fc.array(taskReport(), { maxLength: 6 });
  const shuffled = reports.chain((input) =>
    fc.tuple(fc.constant(input), fc.shuffledSubarray(input, { minLength: input.length })),
  );
  const statuses = (task: Task): string[] => [
    task.lastStatus,
    task.desiredStatus,
    ...task.containers.map((container) => container.lastStatus),
  ];
  fc.assert(
    fc.property(shuffled, ([inOrder, otherwise]) => {
      expect(statuses(story(otherwise).at(-1)!)).toEqual(statuses(story(inOrder).at(-1)!));
    }),
    { numRuns: 1000 },
  );
});
