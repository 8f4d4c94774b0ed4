import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconcileZones, zoneSkew, zoneCounts, type ZoneTask, type ZoneView } from './reconcile.ts';

let number = 0;
const aTask = (zone: string, fields: Partial<ZoneTask> = {}): ZoneTask => ({
  arn: `t${number++}`,
  zone,
  instance: `i-${zone}`,
  isRunning: true,
  isHealthy: true,
  isUnhealthy: false,
  isProtected: false,
  ...fields,
});
const inZones = (...zones: string[]): ZoneTask[] => zones.map((zone) => aTask(zone));
const aView = (tasks: readonly ZoneTask[], fields: Partial<ZoneView> = {}): ZoneView => ({
  desiredCount: tasks.length,
  maximum: 2 * tasks.length,
  zones: ['a', 'b', 'c'],
  surge: 0,
  isStarting: false,
  maxMoves: 100,
  ...fields,
  tasks,
});
const starts = (view: ZoneView): Record<string, number> | string => {
  const moves = reconcileZones(view);
  return moves.kind === 'start' ? Object.fromEntries(moves.counts) : moves.kind;
};
const starting = { isHealthy: false };

describe('it begins', () => {
  test('in the emptiest zones, with as many as make the zones even', () => {
    expect(starts(aView(inZones('a', 'a', 'a', 'b', 'b', 'b')))).toEqual({ c: 2 });
    expect(starts(aView(inZones('a', 'a', 'a', 'a')))).toEqual({ b: 1, c: 1 });
    expect(starts(aView(inZones('a', 'a', 'b')))).toEqual({ c: 1 });
    expect(starts(aView(inZones('a', 'a', 'b'), { zones: ['a', 'b'] }))).toBe('none');
  });

  test('no further than the maximum allows', () => {
    expect(starts(aView(inZones('a', 'a', 'a', 'a'), { maximum: 5 }))).toEqual({ b: 1 });
    expect(starts(aView(inZones('a', 'a', 'a', 'a'), { maximum: 4 }))).toBe('none');
  });

  test('only once all is there and healthy', () => {
    expect(starts(aView([...inZones('a', 'a'), aTask('a', starting)]))).toBe('none');
    expect(starts(aView(inZones('a', 'a', 'a'), { desiredCount: 4 }))).toBe('none');
  });

  test('nothing that could not end: where only protected tasks are too many', () => {
    const kept = { isProtected: true };
    const held = [aTask('a', kept), aTask('a', kept), aTask('a', kept)];
    expect(starts(aView([...held, aTask('b')]))).toBe('protected');
    expect(starts(aView([...held, ...inZones('b', 'b', 'b')]))).toEqual({ c: 1 });
  });

  test('nowhere where no zone can take a task', () => {
    expect(starts(aView(inZones('a', 'a', 'a'), { zones: [] }))).toBe('none');
  });
});

test('it begins in shares, each looking at what the ones before it will have moved', () => {
  const before = inZones('a', 'a', 'a', 'a', 'a', 'a');
  expect(reconcileZones(aView(before, { maxMoves: 2 }))).toEqual({
    kind: 'start',
    counts: new Map([
      ['b', 1],
      ['c', 1],
    ]),
    goesOn: true,
  });
  const begun = [...before, aTask('b', starting), aTask('c', starting)];
  const going = { desiredCount: 6, maximum: 12, surge: 2, maxMoves: 2 };
  expect(reconcileZones(aView(begun, { ...going, isStarting: true }))).toMatchObject({
    kind: 'start',
    goesOn: false,
  });
  expect(reconcileZones(aView(begun, going)).kind).toBe('none');
  const sick = [...before, aTask('b', starting), aTask('c', { ...starting, isUnhealthy: true })];
  expect(reconcileZones(aView(sick, { ...going, isStarting: true })).kind).toBe('cancel');
});

describe('it ends', () => {
  const begun = (last: Partial<ZoneTask>) =>
    aView([...inZones('a', 'a', 'a'), aTask('b', last)], { desiredCount: 3, surge: 1 });

  test('by a stop in the fullest zone, once what was started is healthy', () => {
    expect(reconcileZones(begun(starting)).kind).toBe('none');
    expect(reconcileZones(begun({}))).toMatchObject({ kind: 'stop', tasks: [{ zone: 'a' }] });
  });

  test('when what was started fails', () => {
    expect(reconcileZones(begun({ ...starting, isUnhealthy: true })).kind).toBe('cancel');
    expect(reconcileZones({ ...begun({}), tasks: inZones('a', 'a', 'a') }).kind).toBe('cancel');
  });

  test('when the service is to have as many', () => {
    expect(reconcileZones({ ...begun({}), desiredCount: 4 }).kind).toBe('cancel');
  });

  test('never with a protected task', () => {
    const tasks = [aTask('a', { isProtected: true }), aTask('a', { isProtected: true }), aTask('b')];
    expect(reconcileZones(aView(tasks, { desiredCount: 2, surge: 1 }))).toMatchObject({
      kind: 'stop',
      tasks: [{ zone: 'b' }],
    });
    const all = tasks.map((task) => ({ ...task, isProtected: true }));
    expect(reconcileZones(aView(all, { desiredCount: 2, surge: 1 })).kind).toBe('cancel');
  });
});

const someView = fc.record({
  tasks: fc.array(fc.record({ zone: fc.constantFrom('a', 'b', 'c', 'd'), isProtected: fc.boolean() }), {
    maxLength: 14,
  }),
  zones: fc.subarray(['a', 'b', 'c', 'd']),
  spare: fc.nat(8),
  maxMoves: fc.integer({ min: 1, max: 6 }),
  luck: fc.infiniteStream(fc.nat(4)),
});

test('it never oscillates: it comes to rest, as even as it can be, never short and never beyond the maximum', () => {
  fc.assert(
    fc.property(someView, ({ tasks: input, zones, spare, maxMoves, luck }) => {
      const desiredCount = input.length;
      const maximum = desiredCount + spare;
      let tasks = input.map(({ zone, isProtected }) => aTask(zone, { isProtected }));
      let surge = 0;
      let isStarting = false;
      let rounds = 0;
      const chance = luck[Symbol.iterator]();
      const before = new Set<string>();
      for (;;) {
        const view: ZoneView = { desiredCount, maximum, zones, tasks, surge, isStarting, maxMoves };
        const moves = reconcileZones(view);
        if (moves.kind === 'start') {
          const state = JSON.stringify([...zoneCounts(view)]);
          expect(before.has(state)).toBe(false);
          before.add(state);
          const made = [...moves.counts].flatMap(([zone, count]) =>
            Array.from({ length: count }, () => aTask(zone, starting)),
          );
          for (const { zone } of made) expect(zones).toContain(zone);
          tasks = [...tasks, ...made];
          expect(made.length).toBeLessThanOrEqual(maxMoves);
          surge += made.length;
          isStarting = moves.goesOn;
        } else if (moves.kind === 'stop') {
          expect(moves.tasks.some((task) => task.isProtected)).toBe(false);
          expect(moves.tasks.length).toBeLessThanOrEqual(maxMoves);
          tasks = tasks.filter((task) => !moves.tasks.includes(task));
          surge -= moves.tasks.length;
          isStarting = false;
          expect(moves.goesOn).toBe(surge > 0);
        } else if (moves.kind === 'none' && surge > 0) {
          // What starts becomes healthy, in any order.
          const late = chance.next().value as number;
          tasks = tasks.map((task, at) => (at % 5 === late ? task : { ...task, isHealthy: true }));
        } else break;
        expect(tasks.length).toBeLessThanOrEqual(maximum);
        expect(tasks.filter((task) => task.isHealthy).length).toBeGreaterThanOrEqual(desiredCount);
        if (rounds++ > 300) throw new Error('it never rests');
      }
      expect(tasks).toHaveLength(desiredCount);
      if (spare > 0 && zones.length > 0 && desiredCount > 0 && tasks.every((task) => !task.isProtected))
        expect(zoneSkew(zoneCounts({ tasks, zones }), zones)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 3000 },
  );
});
