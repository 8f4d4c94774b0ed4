import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconcile, type DaemonPlace, type DaemonTask, type DaemonView } from './reconcile.ts';

let number = 0;
const aTask = (fields: Partial<DaemonTask> = {}): DaemonTask => ({
  arn: `t${number++}`,
  isCurrent: true,
  isHealthy: true,
  isUnhealthy: false,
  isProtected: false,
  ...fields,
});
const aPlace = (fields: Partial<DaemonPlace> = {}): DaemonPlace => ({
  instance: `i${number++}`,
  isWanted: true,
  because: 'constraints',
  mustWait: false,
  isAvailable: true,
  isLeaving: false,
  isBackingOff: false,
  tasks: [],
  ...fields,
});
const aView = (places: readonly DaemonPlace[], fields: Partial<DaemonView> = {}): DaemonView => ({
  minimum: 0,
  mayStart: true,
  mayReplace: true,
  places,
  ...fields,
});
const withTask = (task: Partial<DaemonTask> = {}, fields: Partial<DaemonPlace> = {}): DaemonPlace =>
  aPlace({ tasks: [aTask(task)], ...fields });
const old = { isCurrent: false };
const stops = (view: DaemonView): readonly string[] => reconcile(view).stop.map(({ because }) => because);

describe('one on each instance', () => {
  test('starts where there is none, and nowhere else', () => {
    const empty = aPlace();
    const places = [empty, withTask(), aPlace({ isWanted: false }), aPlace({ isLeaving: true })];
    expect(reconcile(aView(places))).toEqual({
      start: [empty.instance],
      missing: 2,
      stop: [],
      isStuck: false,
    });
  });

  test('leaves alone where its tasks fail to start again and again, and everywhere once the deployment has failed', () => {
    const [bad, good] = [aPlace({ isBackingOff: true }), aPlace()];
    expect(reconcile(aView([bad, good])).start).toEqual([good.instance]);
    expect(reconcile(aView([bad, good], { mayStart: false })).start).toEqual([]);
  });

  test('stops what is where the service no longer belongs, and says why', () => {
    const gone = { isWanted: false } as const;
    expect(stops(aView([withTask({}, gone)]))).toEqual(['constraints']);
    expect(stops(aView([withTask({}, { ...gone, because: 'scaling' })]))).toEqual(['scaling']);
    expect(stops(aView([withTask({ isProtected: true }, gone)]))).toEqual([]);
  });

  test('is the last to leave an instance that drains', () => {
    const draining = { isWanted: false, because: 'scaling' } as const;
    expect(stops(aView([withTask({}, { ...draining, mustWait: true })]))).toEqual([]);
    expect(stops(aView([withTask({}, draining)]))).toEqual(['scaling']);
  });

  test('stops a task whose health checks fail, to start another', () => {
    const sick = { isHealthy: false, isUnhealthy: true };
    expect(stops(aView([withTask(sick), withTask()], { minimum: 2 }))).toEqual(['health']);
    expect(stops(aView([withTask(sick)], { mayStart: false }))).toEqual([]);
  });
});

describe('rolling', () => {
  const all = (count: number, task: Partial<DaemonTask> = old): DaemonPlace[] =>
    Array.from({ length: count }, () => withTask(task));

  test('stops no more than may be down at once', () => {
    expect(stops(aView(all(4)))).toHaveLength(4);
    expect(stops(aView(all(4), { minimum: 2 }))).toHaveLength(2);
    expect(stops(aView([...all(3), aPlace({ isLeaving: true })], { minimum: 2 }))).toHaveLength(1);
    expect(stops(aView([...all(2), aPlace(), withTask({ isHealthy: false })], { minimum: 2 }))).toEqual([]);
  });

  test('takes at once what does not serve', () => {
    expect(stops(aView([...all(2), ...all(2, { ...old, isHealthy: false })], { minimum: 2 }))).toHaveLength(
      2,
    );
  });

  test('is stuck, and says so, where none may be down', () => {
    expect(reconcile(aView(all(3), { minimum: 3 }))).toEqual({
      start: [],
      missing: 0,
      stop: [],
      isStuck: true,
    });
    expect(reconcile(aView([...all(2), aPlace({ isLeaving: true })], { minimum: 3 })).isStuck).toBe(false);
    expect(reconcile(aView(all(3, {}), { minimum: 3 })).isStuck).toBe(false);
  });

  test('waits for an agent that is away', () => {
    const away = withTask(old, { isAvailable: false });
    expect(stops(aView([away]))).toEqual([]);
  });

  test('keeps the old when the new has failed, also where the new would not belong', () => {
    const failed = { mayStart: false, mayReplace: false };
    expect(stops(aView([...all(2), withTask(old, { isWanted: false })], failed))).toEqual([]);
    expect(stops(aView([withTask(old, { isWanted: false, because: 'scaling' })], failed))).toHaveLength(1);
  });
});

const somePlace = fc
  .record({
    isWanted: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    because: fc.constantFrom('scaling' as const, 'constraints' as const),
    mustWait: fc.boolean(),
    isAvailable: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    isLeaving: fc.boolean(),
    isBackingOff: fc.boolean(),
    state: fc.constantFrom('none', 'starting', 'healthy', 'unhealthy'),
    isCurrent: fc.boolean(),
    isProtected: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  })
  .map(({ state, isCurrent, isProtected, ...place }) => ({
    ...place,
    tasks:
      state === 'none'
        ? []
        : [
            aTask({
              isCurrent,
              isProtected,
              isHealthy: state === 'healthy',
              isUnhealthy: state === 'unhealthy',
            }),
          ],
  }));
const someView = fc
  .record({
    percent: fc.constantFrom(0, 25, 50, 75, 100),
    mayStart: fc.boolean(),
    mayReplace: fc.boolean(),
    places: fc.array(somePlace, { maxLength: 8 }),
  })
  .map(({ percent, places, ...rest }): DaemonView => {
    const named = places.map((place, at) => ({ ...place, instance: `i${at}` }));
    const desired = named.filter(({ isWanted }) => isWanted).length;
    return { ...rest, minimum: Math.ceil((desired * percent) / 100), places: named };
  });

const healthy = (places: readonly DaemonPlace[]): number =>
  places.filter(({ isWanted, tasks }) => isWanted && tasks.some((task) => task.isHealthy)).length;

/** The view once what was told has begun: what was stopped is leaving, what was started is there. */
function after(view: DaemonView): DaemonView {
  const { start, stop } = reconcile(view);
  const stopped = new Set(stop.map(({ arn }) => arn));
  const places = view.places.map((place): DaemonPlace => {
    const tasks = place.tasks.filter(({ arn }) => !stopped.has(arn));
    const begun = start.includes(place.instance) ? [aTask({ isHealthy: false })] : [];
    return {
      ...place,
      isLeaving: place.isLeaving || tasks.length < place.tasks.length,
      tasks: [...tasks, ...begun],
    };
  });
  return { ...view, places };
}

test('whatever the state: never two on an instance, never more down than may be, never a protected task', () => {
  fc.assert(
    fc.property(someView, (view) => {
      const next = after(view);
      for (const { tasks } of next.places) expect(tasks.length).toBeLessThan(2);
      for (const instance of reconcile(view).start) {
        const place = view.places.find((one) => one.instance === instance)!;
        expect([place.tasks.length, place.isLeaving, place.isWanted]).toEqual([0, false, true]);
      }
      expect(healthy(next.places)).toBeGreaterThanOrEqual(Math.min(healthy(view.places), view.minimum));
      const stopped = new Set(reconcile(view).stop.map(({ arn }) => arn));
      const tasks = view.places.flatMap((place) => place.tasks);
      expect(
        tasks.some(({ arn, isProtected, isUnhealthy }) => isProtected && !isUnhealthy && stopped.has(arn)),
      ).toBe(false);
      expect(reconcile(next).stop.filter(({ arn }) => stopped.has(arn))).toEqual([]);
    }),
    { numRuns: 5000 },
  );
});

test('left alone, every service comes to one current and healthy task on each instance, within its minimum on the way', () => {
  fc.assert(
    fc.property(someView, (input) => {
      const desired = input.places.filter(({ isWanted }) => isWanted).length;
      fc.pre(input.minimum < desired || desired === 0);
      fc.pre(input.places.every(({ tasks }) => tasks.every((task) => !task.isProtected)));
      let view: DaemonView = { ...input, mayStart: true, mayReplace: true };
      let least = Infinity;
      let wasUp = false;
      for (let round = 0; round < 60; round++) {
        view = after(view);
        wasUp ||= healthy(view.places) >= view.minimum;
        if (wasUp) least = Math.min(least, healthy(view.places));
        view = {
          ...view,
          places: view.places.map((place) => ({
            ...place,
            isLeaving: false,
            isBackingOff: false,
            isAvailable: true,
            mustWait: false,
            tasks: place.tasks.map((task) => (task.isUnhealthy ? task : { ...task, isHealthy: true })),
          })),
        };
      }
      expect(least).toBeGreaterThanOrEqual(input.minimum);
      for (const { isWanted, tasks } of view.places) {
        expect(tasks.map(({ isCurrent, isHealthy }) => isCurrent && isHealthy)).toEqual(
          isWanted ? [true] : [],
        );
      }
    }),
    { numRuns: 2000 },
  );
});

describe('beside a deployment that served before', () => {
  const source = { mayStart: true };
  const served = { ...old, isOfSource: true };

  test('starts it again where the minimum needs it, before the new one', () => {
    const [first, second] = [aPlace(), aPlace()];
    const view = aView([withTask(served), first, second], { minimum: 2, source });
    expect(reconcile(view)).toMatchObject({
      start: [second.instance],
      source: { start: [first.instance], kept: 2 },
      stop: [],
    });
  });

  test('does without it once enough of the new ones are healthy', () => {
    const view = aView([withTask(served), withTask(), withTask()], { minimum: 2, source });
    expect(reconcile(view)).toMatchObject({ source: { start: [], kept: 0 } });
    expect(stops(view)).toEqual(['scaling']);
  });

  test('leaves what is started of it alone, as long as it is needed', () => {
    const view = aView([withTask({ ...served, isHealthy: false }), withTask()], { minimum: 2, source });
    expect(stops(view)).toEqual([]);
  });
});
