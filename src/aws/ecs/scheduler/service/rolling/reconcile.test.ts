import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconcile } from './reconcile.ts';
import { type RollingTask, type RollingView } from './rolling-view.ts';

/** A task with what the view says of it. */
interface TestTask extends RollingTask {
  readonly isCurrent: boolean;
  readonly ofSource?: 'stays' | 'leaves';
}
type TestView = RollingView<TestTask>;

const ofView = {
  isCurrent: (task: TestTask) => task.isCurrent,
  ofSource: (task: TestTask) => task.ofSource,
};

let number = 0;
const aTask = (fields: Partial<TestTask> = {}): TestTask => ({
  arn: `t${number++}`,
  isCurrent: true,
  isRunning: true,
  isHealthy: true,
  isUnhealthy: false,
  isProtected: false,
  zone: 'a',
  instance: 'i1',
  ...fields,
});
const many = (count: number, fields: Partial<TestTask> = {}): TestTask[] =>
  Array.from({ length: count }, () => aTask(fields));
const aView = (fields: Partial<TestView> = {}): TestView => ({
  desiredCount: 4,
  minimum: 4,
  maximum: 8,
  mayStart: true,
  mayReplace: true,
  tasks: [],
  ...ofView,
  ...fields,
});
const old = { isCurrent: false };
const starting = { isRunning: false, isHealthy: false };
const counts = (view: TestView): [start: number, stop: number] => {
  const { start, stop } = reconcile(view);
  return [start, stop.length];
};

describe('keeping a count', () => {
  test('keeps an unhealthy task until its replacement is healthy', () => {
    const sick = aTask({ isHealthy: false, isUnhealthy: true });
    expect(counts(aView({ tasks: [...many(3), sick] }))).toEqual([1, 0]);
    expect(counts(aView({ tasks: [...many(3), sick, aTask(starting)] }))).toEqual([0, 0]);
    expect(reconcile(aView({ tasks: [...many(3), sick, aTask()] })).stop).toEqual([
      { arn: sick.arn, because: 'health' },
    ]);
  });

  test('counts what waits for capacity, and lets it go before what starts on an instance', () => {
    const waiting = { ...starting, zone: '', instance: '' };
    expect(counts(aView({ tasks: many(4, waiting) }))).toEqual([0, 0]);
    const tasks = [...many(2), aTask(starting), aTask({ arn: 'waits', ...waiting })];
    const { stop, isStuck } = reconcile(aView({ desiredCount: 3, minimum: 3, maximum: 3, tasks }));
    expect(stop).toEqual([{ arn: 'waits', because: 'scaling' }]);
    expect(isStuck).toBe(false);
  });

  test('is not stuck while new tasks wait for capacity, and lets old ones that wait go at once', () => {
    const waiting = { ...starting, zone: '', instance: '' };
    const tasks = [...many(4, old), ...many(4, waiting)];
    expect(reconcile(aView({ tasks }))).toEqual({ start: 0, missing: 0, stop: [], isStuck: false });
    expect(counts(aView({ tasks: [...many(4), ...many(2, { ...old, ...waiting })] }))).toEqual([0, 2]);
  });

  test('starts what is missing and nothing more', () => {
    expect(counts(aView())).toEqual([4, 0]);
    expect(counts(aView({ tasks: many(3) }))).toEqual([1, 0]);
    expect(counts(aView({ tasks: many(4) }))).toEqual([0, 0]);
  });

  test('stops what is too many: idle first, then where most are', () => {
    const tasks = [
      aTask({ arn: 'crowded', zone: 'b', instance: 'i3' }),
      aTask({ zone: 'a', instance: 'i1' }),
      aTask({ arn: 'crowded', zone: 'b', instance: 'i3' }),
      aTask({ zone: 'b', instance: 'i2' }),
      aTask({ arn: 'idle', zone: 'a', instance: 'i1', ...starting }),
    ];
    const { stop } = reconcile(aView({ desiredCount: 3, minimum: 3, maximum: 6, tasks }));
    expect(stop.map(({ arn }) => arn)).toEqual(['idle', 'crowded']);
    expect(stop.map(({ because }) => because)).toEqual(['scaling', 'scaling']);
  });

  test('lets tasks be that are there to become even over zones', () => {
    const tasks = [...many(4), aTask({ ...starting, zone: 'b' })];
    expect(counts(aView({ tasks, surge: 1 }))).toEqual([0, 0]);
    expect(counts(aView({ tasks: [...many(4), aTask({ zone: 'b' })], surge: 1 }))).toEqual([0, 0]);
    expect(counts(aView({ desiredCount: 3, minimum: 3, maximum: 6, tasks, surge: 1 }))).toEqual([0, 1]);
    expect(counts(aView({ tasks: many(3), surge: 1 }))).toEqual([1, 0]);
  });

  test('never chooses a protected task', () => {
    const tasks = [...many(3, { isProtected: true }), aTask({ arn: 'free' })];
    expect(reconcile(aView({ desiredCount: 1, minimum: 1, maximum: 2, tasks })).stop).toEqual([
      { arn: 'free', because: 'scaling' },
    ]);
  });

  test('replaces an unhealthy task: the replacement first, then the task', () => {
    const sick = aTask({ arn: 'sick', isHealthy: false, isUnhealthy: true });
    expect(counts(aView({ tasks: [...many(3), sick] }))).toEqual([1, 0]);
    const { start, stop } = reconcile(aView({ tasks: [...many(4), sick] }));
    expect([start, stop]).toEqual([0, [{ arn: 'sick', because: 'health' }]]);
  });

  test('stops an unhealthy task first where the maximum leaves no room', () => {
    const sick = { isHealthy: false, isUnhealthy: true };
    const tight = aView({ minimum: 2, maximum: 4, tasks: [...many(2), ...many(2, sick)] });
    expect(counts(tight)).toEqual([0, 1]);
  });

  test('starts nothing during launch backoff', () => {
    expect(counts(aView({ mayStart: false }))).toEqual([0, 0]);
  });
});

describe('rolling, as the table of ECS has it', () => {
  test('4 at 50/100: stop 2, start 2, repeat', () => {
    const bounds = { minimum: 2, maximum: 4 };
    expect(counts(aView({ ...bounds, tasks: many(4, old) }))).toEqual([0, 2]);
    expect(counts(aView({ ...bounds, tasks: many(2, old) }))).toEqual([2, 0]);
    expect(counts(aView({ ...bounds, tasks: [...many(2, old), ...many(2, starting)] }))).toEqual([0, 0]);
    expect(counts(aView({ ...bounds, tasks: [...many(2, old), ...many(2)] }))).toEqual([0, 2]);
  });

  test('4 at 100/200: start 4, then stop 4', () => {
    expect(counts(aView({ tasks: many(4, old) }))).toEqual([4, 0]);
    expect(counts(aView({ tasks: [...many(4, old), ...many(4, starting)] }))).toEqual([0, 0]);
    expect(counts(aView({ tasks: [...many(4, old), ...many(4)] }))).toEqual([0, 4]);
  });

  test.each([
    [2, 2, 2],
    [3, 3, 3],
    [4, 4, 4],
  ])('%i tasks with bounds %i and %i are stuck, and say so', (desiredCount, minimum, maximum) => {
    const plan = reconcile(aView({ desiredCount, minimum, maximum, tasks: many(desiredCount, old) }));
    expect(plan).toEqual({ start: 0, missing: desiredCount, stop: [], isStuck: true });
  });

  test('is not stuck while something is still on its way', () => {
    const tasks = [...many(3, old), aTask(starting)];
    expect(reconcile(aView({ maximum: 4, tasks })).isStuck).toBe(false);
  });

  test('stops old tasks that do not serve at once', () => {
    expect(counts(aView({ tasks: [...many(2, { ...old, ...starting }), ...many(2, old)] }))).toEqual([4, 2]);
  });

  test('keeps the old when the new has failed', () => {
    expect(counts(aView({ mayStart: false, mayReplace: false, tasks: many(4, old) }))).toEqual([0, 0]);
  });

  test('lets go of the old that is not wanted at all though the new has failed', () => {
    const failed = { mayStart: false, mayReplace: false, tasks: many(4, old) };
    expect(counts(aView({ ...failed, desiredCount: 3, minimum: 3, maximum: 6 }))).toEqual([0, 1]);
    expect(counts(aView({ ...failed, desiredCount: 0, minimum: 0, maximum: 0 }))).toEqual([0, 4]);
  });
});

const someTask = fc.record({
  isCurrent: fc.boolean(),
  state: fc.constantFrom('waiting', 'starting', 'settling', 'healthy', 'unhealthy'),
  isProtected: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  zone: fc.constantFrom('a', 'b'),
  instance: fc.constantFrom('i1', 'i2', 'i3'),
});
const someView = fc
  .record({
    desiredCount: fc.nat(6),
    minimumPercent: fc.constantFrom(0, 50, 75, 100),
    maximumPercent: fc.constantFrom(100, 125, 150, 200),
    mayStart: fc.boolean(),
    mayReplace: fc.boolean(),
    tasks: fc.array(someTask, { maxLength: 12 }),
  })
  .map(({ minimumPercent, maximumPercent, tasks, ...rest }) => ({
    ...rest,
    minimum: Math.ceil((rest.desiredCount * minimumPercent) / 100),
    maximum: Math.floor((rest.desiredCount * maximumPercent) / 100),
    tasks: tasks.map(({ state, ...task }, at) => ({
      ...task,
      arn: `t${at}`,
      ...(state === 'waiting' && { zone: '', instance: '' }),
      isRunning: state !== 'starting' && state !== 'waiting',
      isHealthy: state === 'healthy',
      isUnhealthy: state === 'unhealthy',
    })),
    ...ofView,
  }));

test('whatever the state: never over the maximum by starting, never under the minimum by stopping, never a protected task', () => {
  fc.assert(
    fc.property(someView, (view) => {
      const { start, stop } = reconcile(view);
      const stopped = new Set(stop.map(({ arn }) => arn));
      expect(stopped.size).toBe(stop.length);
      const left = view.tasks.filter(({ arn }) => !stopped.has(arn));
      if (start > 0) expect(view.tasks.length - stop.length + start).toBeLessThanOrEqual(view.maximum);
      const healthy = (tasks: readonly RollingTask[]): number =>
        tasks.filter((task) => task.isHealthy).length;
      const before = healthy(view.tasks);
      expect(healthy(left)).toBeGreaterThanOrEqual(Math.min(before, view.minimum));
      // Protection holds off scaling and deployments, not the end of a task that fails its health checks.
      expect(
        view.tasks.some(
          ({ arn, isProtected, isUnhealthy }) => isProtected && !isUnhealthy && stopped.has(arn),
        ),
      ).toBe(false);
    }),
    { numRuns: 5000 },
  );
});

test('who stops only so many learns of the same ones, and whether there are more, without all of them being chosen', () => {
  fc.assert(
    fc.property(someView, fc.integer({ min: 1, max: 6 }), (view, share) => {
      const all = reconcile(view);
      const few = reconcile({ ...view, maxStops: share + 1 });
      expect(few.stop.slice(0, share)).toEqual(all.stop.slice(0, share));
      expect(few.stop.length > share).toBe(all.stop.length > share);
      expect(few.isStuck).toBe(all.isStuck);
      if (all.stop.length <= share) expect(few).toEqual(all);
    }),
    { numRuns: 5000 },
  );
  const tooMany = { desiredCount: 0, minimum: 0, maximum: 0, tasks: many(500) };
  expect(reconcile(aView({ ...tooMany, maxStops: 51 })).stop).toHaveLength(51);
});

test('left alone, every service comes to what was asked, without ever breaking its bounds on the way', () => {
  fc.assert(
    fc.property(someView, (input) => {
      fc.pre(input.minimum < input.maximum && input.tasks.every((task) => !task.isProtected));
      let tasks: readonly TestTask[] = input.tasks;
      for (let round = 0; round < 60; round++) {
        const { start, stop } = reconcile({ ...input, mayStart: true, mayReplace: true, tasks });
        const stopped = new Set(stop.map(({ arn }) => arn));
        tasks = tasks.filter(({ arn }) => !stopped.has(arn));
        tasks = [
          ...tasks.map((task) =>
            task.isUnhealthy
              ? task
              : { ...task, instance: task.instance || 'i1', isRunning: true, isHealthy: true },
          ),
          ...many(start, starting),
        ];
      }
      expect(tasks.filter((task) => task.isCurrent && task.isHealthy)).toHaveLength(input.desiredCount);
      expect(tasks).toHaveLength(input.desiredCount);
    }),
    { numRuns: 2000 },
  );
});

describe('beside a deployment that served before', () => {
  const source = { mayStart: true };
  const served = { ...old, ofSource: 'stays' } as const;
  const sick = { isHealthy: false, isUnhealthy: true };
  const told = (view: Partial<TestView>): readonly (number | undefined)[] => {
    const moves = reconcile(aView({ source, ...view }));
    return [moves.start, moves.source?.start, moves.stop.length, moves.source?.kept];
  };

  test('starts it again where the minimum needs it, before the new one', () => {
    expect(told({ tasks: [...many(3, served), ...many(4, starting)] })).toEqual([0, 1, 0, 4]);
    expect(told({ minimum: 2, maximum: 4, tasks: [...many(1, served), ...many(2, starting)] })).toEqual([
      0, 1, 0, 2,
    ]);
    expect(told({ minimum: 2, maximum: 4, tasks: many(2, served) })).toEqual([2, 0, 0, 2]);
  });

  test('needs it the less, the more of the new ones are healthy', () => {
    expect(told({ tasks: [...many(3, served), ...many(1), ...many(3, starting)] })).toEqual([0, 0, 0, 3]);
    expect(told({ tasks: [...many(4, served), ...many(4)] })).toEqual([0, 0, 4, 0]);
  });

  test('leaves what is started of it alone, as long as it is needed', () => {
    const tasks = [...many(3, served), aTask({ ...served, ...starting }), ...many(4, starting)];
    expect(told({ tasks })).toEqual([0, 0, 0, 4]);
    const young = [...many(4, served), aTask({ ...served, isHealthy: false }), ...many(3, starting)];
    expect(told({ tasks: young })).toEqual([0, 0, 1, 4]);
  });

  test('moves it off an instance that drains, and replaces what fails its health checks', () => {
    const leaving = { ...old, ofSource: 'leaves' } as const;
    const tasks = [...many(3, served), aTask(leaving)];
    expect(told({ mayStart: false, tasks })).toEqual([0, 1, 0, 4]);
    expect(told({ mayStart: false, tasks: [...tasks, aTask(served)] })).toEqual([0, 0, 1, 4]);
    const { stop } = reconcile(
      aView({ source, mayStart: false, tasks: [...many(3, served), aTask({ ...served, ...sick })] }),
    );
    expect(stop.map(({ because }) => because)).toEqual(['health']);
  });

  test('leaves the room to the new one while it is in launch backoff itself', () => {
    expect(told({ source: { mayStart: false }, minimum: 2, maximum: 4, tasks: many(1, served) })).toEqual([
      3, 0, 0, 2,
    ]);
  });
});

test('lets a protected task be though its health checks fail and nothing else can move', () => {
  const tasks = [...many(3), aTask({ isHealthy: false, isUnhealthy: true, isProtected: true })];
  expect(reconcile(aView({ maximum: 4, tasks })).stop).toEqual([]);
});
