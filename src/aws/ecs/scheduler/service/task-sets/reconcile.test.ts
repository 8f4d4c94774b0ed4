import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSteady, reconcileTaskSet, type TaskSetView } from './reconcile.ts';

type SetTask = TaskSetView['tasks'][number];

let number = 0;
const aTask = (fields: Partial<SetTask> = {}): SetTask => ({
  arn: `t${number++}`,
  mayStay: true,
  isRunning: true,
  isHealthy: true,
  isUnhealthy: false,
  isProtected: false,
  zone: 'a',
  instance: 'i1',
  ...fields,
});
const many = (count: number, fields: Partial<SetTask> = {}): SetTask[] =>
  Array.from({ length: count }, () => aTask(fields));
const aView = (fields: Partial<TaskSetView> = {}): TaskSetView => ({
  scale: 50,
  desiredCount: 5,
  percents: { minimumHealthyPercent: 100, maximumPercent: 200 },
  mayStart: true,
  tasks: [],
  ...fields,
});
const checked = (tasks: readonly SetTask[]) =>
  tasks.map((task) => ({ ...task, passesChecks: task.isRunning && task.isHealthy }));
const counts = (view: TaskSetView): readonly [start: number, stop: number] => {
  const { start, stop } = reconcileTaskSet(view);
  return [start, stop.length];
};

describe('the share of a set', () => {
  test('is rounded up', () => {
    expect(counts(aView())).toEqual([3, 0]);
    expect(counts(aView({ tasks: many(3) }))).toEqual([0, 0]);
    expect(counts(aView({ tasks: many(4) }))).toEqual([0, 1]);
    expect(counts(aView({ scale: 0, tasks: many(4) }))).toEqual([0, 4]);
  });

  test('is not started while its tasks fail to start', () => {
    expect(counts(aView({ mayStart: false }))).toEqual([0, 0]);
  });

  test('leaves an instance that drains once the replacements are healthy', () => {
    const leaving = many(3, { mayStay: false });
    expect(counts(aView({ tasks: leaving }))).toEqual([3, 0]);
    const starting = { isRunning: false, isHealthy: false };
    expect(counts(aView({ tasks: [...leaving, ...many(3, starting)] }))).toEqual([0, 0]);
    expect(counts(aView({ tasks: [...leaving, ...many(3)] }))).toEqual([0, 3]);
  });

  test('leaves it within the percents of the service', () => {
    const leaving = many(3, { mayStay: false });
    const at = (minimumHealthyPercent: number, maximumPercent: number) =>
      aView({ percents: { minimumHealthyPercent, maximumPercent }, tasks: leaving });
    expect(counts(at(50, 100))).toEqual([0, 1]);
    expect(reconcileTaskSet(at(100, 100))).toMatchObject({ start: 0, stop: [], isStuck: true });
  });

  test('keeps protected tasks, and tells of them where they are too many', () => {
    const kept = many(2, { isProtected: true });
    expect(reconcileTaskSet(aView({ scale: 20, tasks: kept }))).toMatchObject({
      start: 0,
      stop: [],
      isProtected: true,
    });
    expect(reconcileTaskSet(aView({ tasks: kept })).isProtected).toBe(false);
  });
});

test.each([
  ['all that is to run', many(3), true],
  ['one too few', many(2), false],
  ['one too many', many(4), false],
  ['one that starts', [...many(2), aTask({ isRunning: false, isHealthy: false })], false],
  ['one whose health is in doubt', [...many(2), aTask({ isHealthy: false })], false],
  ['one on an instance that drains', [...many(2), aTask({ mayStay: false })], false],
])('with %s it is steady: %#', (_what, tasks, steady) => {
  expect(isSteady(aView(), checked(tasks))).toBe(steady);
});

const someView = fc
  .record({
    scale: fc.constantFrom(0, 25, 50, 100),
    desiredCount: fc.nat(6),
    percents: fc.constantFrom(
      { minimumHealthyPercent: 100, maximumPercent: 200 },
      { minimumHealthyPercent: 50, maximumPercent: 100 },
      { minimumHealthyPercent: 0, maximumPercent: 150 },
    ),
    mayStart: fc.boolean(),
    tasks: fc.array(
      fc.record({
        state: fc.constantFrom('starting', 'settling', 'healthy', 'unhealthy'),
        mayStay: fc.boolean(),
        isProtected: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
        zone: fc.constantFrom('a', 'b'),
        instance: fc.constantFrom('i1', 'i2'),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ tasks, ...rest }) => ({
    ...rest,
    tasks: tasks.map(({ state, ...task }) =>
      aTask({
        ...task,
        isRunning: state !== 'starting',
        isHealthy: state === 'healthy',
        isUnhealthy: state === 'unhealthy',
      }),
    ),
  }));
/** The fewest that are to be healthy, and the most that may be wanted. */
function boundsOf({ scale, desiredCount, percents }: TaskSetView): readonly [number, number] {
  const share = Math.ceil((desiredCount * scale) / 100);
  const { minimumHealthyPercent, maximumPercent } = percents;
  return [Math.ceil((share * minimumHealthyPercent) / 100), Math.floor((share * maximumPercent) / 100)];
}
const healthyOf = (tasks: readonly SetTask[]): number => tasks.filter((task) => task.isHealthy).length;

test('whatever the state: never over its maximum by starting, never under its minimum by stopping, never a protected task', () => {
  fc.assert(
    fc.property(someView, (view) => {
      const { start, stop } = reconcileTaskSet(view);
      const [least, most] = boundsOf(view);
      const stopped = new Set(stop.map(({ arn }) => arn));
      const left = view.tasks.filter(({ arn }) => !stopped.has(arn));
      if (start > 0) expect(left.length + start).toBeLessThanOrEqual(most);
      expect(healthyOf(left)).toBeGreaterThanOrEqual(Math.min(healthyOf(view.tasks), least));
      expect(
        view.tasks.some(
          ({ arn, isProtected, isUnhealthy }) => isProtected && !isUnhealthy && stopped.has(arn),
        ),
      ).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

test('left alone, every set becomes steady', () => {
  fc.assert(
    fc.property(someView, (input) => {
      fc.pre(input.tasks.every((task) => !task.isProtected));
      const [least, most] = boundsOf(input);
      fc.pre(least < most || most === 0);
      let { tasks } = input;
      for (let round = 0; round < 60; round++) {
        const { start, stop } = reconcileTaskSet({ ...input, mayStart: true, tasks });
        const stopped = new Set(stop.map(({ arn }) => arn));
        tasks = [
          ...tasks
            .filter(({ arn }) => !stopped.has(arn))
            .map((task) => (task.isUnhealthy ? task : { ...task, isRunning: true, isHealthy: true })),
          ...many(start, { isRunning: false, isHealthy: false }),
        ];
      }
      expect(isSteady(input, checked(tasks))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
