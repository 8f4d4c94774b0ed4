import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleInOrder, worth, type ScaleInTask } from './scale-in-order.ts';

const someTask = fc
  .record({
    state: fc.constantFrom('waiting', 'starting', 'settling', 'healthy', 'healthy', 'unhealthy'),
    isProtected: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    zone: fc.constantFrom('a', 'b', 'c'),
    instance: fc.constantFrom('i1', 'i2', 'i3', 'i4'),
  })
  .map(({ state, zone, instance, isProtected }) => ({
    isProtected,
    zone: state === 'waiting' ? '' : zone,
    instance: state === 'waiting' ? '' : instance,
    isRunning: state !== 'starting' && state !== 'waiting',
    isHealthy: state === 'healthy',
    isUnhealthy: state === 'unhealthy',
  }));

/** The rule word by word: one task after the other, each time looking at all that are left. */
function oneByOne(tasks: readonly ScaleInTask[]): readonly ScaleInTask[] {
  const left = [...tasks];
  const chosen: ScaleInTask[] = [];
  for (;;) {
    const crowd = ({ zone, instance }: ScaleInTask): readonly [number, number] => [
      left.filter((task) => task.zone === zone).length,
      left.filter((task) => task.instance === instance).length,
    ];
    const before = (a: ScaleInTask, b: ScaleInTask): boolean => {
      const [zone, instance] = crowd(a);
      const [otherZone, otherInstance] = crowd(b);
      if (worth(a) !== worth(b)) return worth(a) < worth(b);
      return zone !== otherZone ? zone > otherZone : instance > otherInstance;
    };
    const free = left.filter((task) => !task.isProtected);
    if (free.length === 0) return chosen;
    const next = free.reduce((best, task) => (before(task, best) ? task : best));
    left.splice(left.indexOf(next), 1);
    chosen.push(next);
  }
}

test('gives the tasks in the order in which choosing one after the other would', () => {
  fc.assert(
    fc.property(fc.array(someTask, { maxLength: 25 }), (tasks) => {
      const order = [...scaleInOrder(tasks)];
      expect(order.map((task) => tasks.indexOf(task))).toEqual(
        oneByOne(tasks).map((task) => tasks.indexOf(task)),
      );
    }),
    { numRuns: 3000 },
  );
});

test('asks for the tasks of 20,000 no more often than an n log n order needs', () => {
  let asked = 0;
  const tasks = Array.from({ length: 20_000 }, (_, at) => ({
    isRunning: true,
    isHealthy: true,
    isUnhealthy: false,
    isProtected: at % 10 === 0,
    get zone() {
      asked += 1;
      return `zone-${at % 3}`;
    },
    instance: `i${at % 1000}`,
  }));
  expect([...scaleInOrder(tasks)]).toHaveLength(18_000);
  expect(asked / tasks.length).toBeLessThan(20);
});
