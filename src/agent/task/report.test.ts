import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer } from '../../../test-support/builders/a-payload-task.ts';
import { containerReached, containerStopped } from './changes.ts';
import type { KnownTask } from './known-task.ts';
import { nextReport, reportAccepted, reportedAtMost, type ContainerStateChange } from './report.ts';

const two = (
  containers: Parameters<typeof aKnownTask>[1] = {},
  overrides: Partial<KnownTask> = {},
): KnownTask =>
  aKnownTask(
    { containers: [aPayloadContainer(), aPayloadContainer({ name: 'side', essential: false })] },
    containers,
    overrides,
  );

test('nothing is told of a task that has not come far', () => {
  expect(nextReport(two({ main: { stage: 'CREATED' } }))).toBeUndefined();
});

test('a digest is worth telling, but nothing to hurry for', () => {
  expect(nextReport(two({ main: { stage: 'PULLED', imageDigest: 'sha256:1' } }))).toMatchObject({
    urgent: false,
    change: {
      status: 'PENDING',
      containers: [{ containerName: 'main', status: 'PENDING', imageDigest: 'sha256:1' }],
    },
  });
});

test('the task is RUNNING once every container is, and that is urgent', () => {
  const half = two({ main: { stage: 'RUNNING', startedAt: 1 } });
  expect(nextReport(half)).toMatchObject({ urgent: false, change: { status: 'PENDING' } });
  const all = two({ main: { stage: 'RUNNING', startedAt: 1 }, side: { stage: 'RUNNING', startedAt: 1 } });
  expect(nextReport(all)).toMatchObject({ urgent: true, change: { status: 'RUNNING', reason: '' } });
});

test('a task that lost its essential container before it was RUNNING never is', () => {
  const known = two({
    main: { stage: 'STOPPED', exitCode: 1, startedAt: 1 },
    side: { stage: 'RUNNING', startedAt: 1 },
  });
  expect(nextReport(known)).toMatchObject({ urgent: false, change: { status: 'PENDING' } });
});

test('the end of a task is told of with the first essential container, and with the task itself', () => {
  const [ran, ends] = [
    { stage: 'RUNNING', startedAt: 1 } as const,
    { stage: 'STOPPED', startedAt: 1 } as const,
  ];
  expect(nextReport(two({ main: ran, side: ends }, { reported: 'RUNNING' }))?.tellsOfEnd).toBe(false);
  expect(nextReport(two({ main: ends, side: ran }, { reported: 'RUNNING' }))?.tellsOfEnd).toBe(true);
  const told = two({ main: { ...ends, reported: 'STOPPED' }, side: ran }, { reported: 'RUNNING' });
  expect(nextReport(told)?.tellsOfEnd).toBe(false);
  const over = two({ main: { ...ends, reported: 'STOPPED' }, side: ends }, { reported: 'RUNNING' });
  expect(nextReport(over)?.tellsOfEnd).toBe(true);
});

test('nothing earlier is told after a try that may have been taken', () => {
  const known = two({
    main: { stage: 'STOPPED', exitCode: 1, startedAt: 1 },
    side: { stage: 'RUNNING', startedAt: 1 },
  });
  expect(nextReport(known, 'RUNNING')).toMatchObject({ urgent: true, change: { status: 'RUNNING' } });
  const ended = two({ main: { stage: 'STOPPED' }, side: { stage: 'STOPPED' } });
  expect(nextReport(ended, 'RUNNING')).toMatchObject({ change: { status: 'STOPPED' } });
});

test('a container that ran and ended unseen is told of twice, one that never ran once', () => {
  const known = two({
    main: { stage: 'STOPPED', exitCode: 3, startedAt: 1 },
    side: { stage: 'STOPPED', reason: 'CannotCreateContainerError: no' },
  });
  expect(
    nextReport(known)?.change.containers.map(({ containerName, status }) => [containerName, status]),
  ).toEqual([
    ['main', 'RUNNING'],
    ['main', 'STOPPED'],
    ['side', 'STOPPED'],
  ]);
});

test('times are epoch seconds, long reasons and ids are cut', () => {
  const known = two(
    {
      main: { stage: 'STOPPED', reason: 'x'.repeat(2000), runtimeId: 'i'.repeat(300) },
      side: { stage: 'STOPPED' },
    },
    { pullStartedAt: 1500, pullStoppedAt: 2250, executionStoppedAt: 3000, reason: 'y'.repeat(2000) },
  );
  const change = nextReport(known)!.change;
  expect(change).toMatchObject({ pullStartedAt: 1.5, pullStoppedAt: 2.25, executionStoppedAt: 3 });
  expect(change.reason).toHaveLength(1024);
  expect(change.containers[0]?.reason).toHaveLength(1024);
  expect(change.containers[0]?.runtimeId).toHaveLength(255);
});

const order = ['NONE', 'PENDING', 'RUNNING', 'STOPPED'];

test('whenever reports go out, each status of a container is told once and in order, and the end is always told', () => {
  const event = fc.record({
    container: fc.constantFrom('main', 'side'),
    what: fc.constantFrom('RUNNING' as const, 'STOPPED' as const),
    send: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event), (events) => {
      let known = two({ main: { imageDigest: 'd' }, side: {} });
      const told: ContainerStateChange[] = [];
      const taskStatuses: string[] = [];
      const send = (): void => {
        const report = nextReport(known);
        if (report === undefined) return;
        told.push(...report.change.containers);
        taskStatuses.push(report.change.status);
        known = reportAccepted(known, report);
        expect(nextReport(known)).toBeUndefined();
      };
      for (const { container, what, send: now } of events) {
        const change =
          what === 'RUNNING'
            ? containerReached(container, 'RUNNING', { startedAt: 1 })
            : containerStopped(container, { exitCode: 0, at: 2 });
        known = change(known);
        if (now) send();
      }
      for (const name of ['main', 'side']) known = containerStopped(name, { exitCode: 0, at: 3 })(known);
      send();
      expect(taskStatuses.at(-1)).toBe('STOPPED');
      expect(taskStatuses).toEqual(taskStatuses.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
      for (const name of ['main', 'side']) {
        const statuses = told
          .filter(({ containerName }) => containerName === name)
          .map(({ status }) => status);
        expect(statuses).toEqual(
          [...new Set(statuses)].toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
        );
        expect(statuses.at(-1)).toBe('STOPPED');
      }
    }),
  );
});

test('whatever was told, once what the control plane lacks was told too, it knows where the task and its containers are', () => {
  const stage = fc.constantFrom('CREATED' as const, 'RUNNING' as const, 'STOPPED' as const);
  const reported = fc.constantFrom(
    'NONE' as const,
    'PENDING' as const,
    'RUNNING' as const,
    'STOPPED' as const,
  );
  const status = fc.constantFrom('PENDING' as const, 'RUNNING' as const, 'STOPPED' as const);
  const container = fc.record({ stage, reported, startedAt: fc.constant(1) });
  fc.assert(
    fc.property(container, container, reported, status, status, (main, side, ofTask, toldMain, toldSide) => {
      const known = two({ main, side }, { reported: ofTask });
      const told = { status: 'PENDING', containers: { main: toldMain, side: toldSide } } as const;
      const next = reportedAtMost(known, told);
      const report = nextReport(next);
      const said = new Map<string, string>(Object.entries(told.containers));
      for (const { containerName, status: at } of report?.change.containers ?? [])
        said.set(containerName, at);
      for (const [name, { stage: at }] of Object.entries(known.containers))
        if (at !== 'CREATED' && said.get(name) !== 'STOPPED') expect(said.get(name)).toBe(at);
      // Nothing is told that is told already, however often the same is heard.
      expect(reportedAtMost(next, told)).toBe(next);
    }),
  );
});
