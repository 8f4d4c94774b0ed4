import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServiceTask } from '../view/service-view.ts';
import { healthyOf, planFleets, type Fleet } from './fleets.ts';
import { taskBounds } from '../minimum-and-maximum-percent.ts';

const anyFleet = (deploymentId: string): fc.Arbitrary<Fleet> =>
  fc.record({
    deploymentId: fc.constant(deploymentId),
    mode: fc.constantFrom('kept', 'going', 'waning', 'left'),
    count: fc.integer({ min: 0, max: 6 }),
    mayStart: fc.boolean(),
  });
const ids = ['blue', 'green', 'other'];
const anyFleets = fc.tuple(anyFleet('blue'), anyFleet('green'), anyFleet('other'));
/** A task that the view could hold: the healthy run, and the unhealthy are not healthy. */
const anyTask = fc
  .record({
    deploymentId: fc.constantFrom(...ids),
    state: fc.constantFrom('pending', 'young', 'healthy', 'healthy', 'unhealthy'),
    mayStay: fc.boolean(),
    isProtected: fc.boolean(),
    zone: fc.constantFrom('a', 'b'),
    instance: fc.constantFrom('i', 'j'),
  })
  .map(({ state, ...more }) => ({
    ...more,
    isRunning: state !== 'pending',
    isHealthy: state === 'healthy',
    isUnhealthy: state === 'unhealthy',
  }));
const anyTasks = fc
  .array(anyTask, { maxLength: 20 })
  .map((tasks) => tasks.map((task, at) => ({ ...task, arn: String(at) }) as unknown as ServiceTask));
const anyPercents = fc.record({
  minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
  maximumPercent: fc.integer({ min: 100, max: 300 }),
});

test('each fleet stays within its bounds, and only tasks of its own are touched', () => {
  fc.assert(
    fc.property(anyFleets, anyTasks, anyPercents, (fleets, tasks, percents) => {
      const plan = planFleets(fleets, tasks, percents);
      const stopped = new Set(plan.stop.map(({ arn }) => arn));
      expect(stopped.size).toBe(plan.stop.length);
      for (const { deploymentId, mode, count, mayStart } of fleets) {
        const mine = tasks.filter((task) => task.deploymentId === deploymentId);
        const left = mine.filter(({ arn }) => !stopped.has(arn));
        const goes = mine.filter(({ arn }) => stopped.has(arn));
        const started = plan.start.filter((order) => order.deploymentId === deploymentId);
        const healthy = left.filter(({ isHealthy }) => isHealthy).length;
        expect(goes.some((task) => task.isProtected && !task.isUnhealthy)).toBe(false);
        if (mode !== 'kept' || !mayStart) expect(started).toEqual([]);
        if (mode === 'left') expect(goes).toEqual([]);
        if (mode === 'waning') expect(goes.some(({ isHealthy }) => isHealthy)).toBe(false);
        if (goes.some(({ isHealthy }) => isHealthy)) {
          const { minimum } = taskBounds(percents, count);
          expect(healthy).toBeGreaterThanOrEqual(mode === 'kept' ? minimum : count);
        }
        const { maximum } = taskBounds(percents, count);
        const starts = started.reduce((sum, order) => sum + order.count, 0);
        if (starts > 0) expect(left.length + starts).toBeLessThanOrEqual(maximum);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a fleet that is kept is whole in the end, and then left alone', () => {
  fc.assert(
    fc.property(anyTasks, fc.integer({ min: 0, max: 6 }), (input, count) => {
      const fleet: Fleet = { deploymentId: 'blue', mode: 'kept', count, mayStart: true };
      const percents = { minimumHealthyPercent: 100, maximumPercent: 200 };
      let tasks = input.map((task) => ({ ...task, isProtected: false }));
      for (let step = 0; step < 60; step++) {
        const { start, stop } = planFleets([fleet], tasks, percents);
        const stopped = new Set(stop.map(({ arn }) => arn));
        const more = start.reduce((sum, order) => sum + order.count, 0);
        // What was there and may become healthy does; what is started does one step later.
        tasks = [
          ...tasks
            .filter(({ arn }) => !stopped.has(arn))
            .map((task) => ({ ...task, isRunning: true, isHealthy: !task.isUnhealthy })),
          ...Array.from({ length: more }, (_, at) => ({
            ...({ deploymentId: 'blue', mayStay: true, zone: 'a', instance: 'i' } as ServiceTask),
            arn: `${step}-${at}`,
            isRunning: false,
            isHealthy: false,
            isUnhealthy: false,
            isProtected: false,
          })),
        ];
      }
      expect(planFleets([fleet], tasks, percents)).toEqual({
        start: [],
        missing: 0,
        stop: [],
        isStuck: false,
      });
      expect(healthyOf(tasks, 'blue')).toBe(count);
    }),
    { numRuns: 300 },
  );
});
