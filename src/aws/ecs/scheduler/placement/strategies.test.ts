// The strategies through place(), as the placement page of ECS describes them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { compileConstraints } from './compile.ts';
import type { PlacementRequest, Constraint, Strategy } from './filter.ts';
import { place } from './place.ts';

const spreadZones: Strategy = { type: 'spread', attribute: 'zone' };
const spreadInstances: Strategy = { type: 'spread' };
const binpackMemory: Strategy = { type: 'binpack', field: 'memory' };

interface Host {
  readonly zone?: string;
  /** Free MiB of 1000. */
  readonly free?: number;
  /** Tasks of the group that run there. */
  readonly group?: number;
}

const fleet = (hosts: readonly Host[]): InstanceUsage[] =>
  hosts.map(({ zone, free = 1000, group = 0 }, at) =>
    aUsage({
      instance: aContainerInstance({
        id: `i${at}`,
        registeredResources: { cpu: 10_000, memory: 1000, ports: [], portsUdp: [] },
        attributes: zone === undefined ? [] : [{ name: 'zone', value: zone }],
      }),
      taken: { cpu: 0, memory: 1000 - free, ports: [], portsUdp: [] },
      taskGroups: () => new Map([['family:web', group]]),
    }),
  );

const chosen = (
  hosts: readonly Host[],
  fields: Partial<PlacementRequest>,
  count: number,
  seed = 1,
): string[] =>
  place(
    aPlacementRequest({ cpu: 1, memory: 100 }, fields),
    fleet(hosts),
    count,
    seededRandom(seed),
  ).placed.map(({ id }) => id);

const tally = (ids: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(ids, (id) => id)].map(([id, all]) => [id, all.length]));

describe('spread', () => {
  test('over zones evens out what the group has already', () => {
    const hosts = [{ zone: 'a', group: 2 }, { zone: 'b' }, { zone: 'b' }, { zone: 'c' }];
    const zones = chosen(hosts, { strategies: [spreadZones] }, 4).map(
      (id) => hosts[Number(id.slice(1))]!.zone,
    );
    expect(tally(zones as string[])).toEqual({ b: 2, c: 2 });
  });

  test('counts tasks on instances that cannot take one more, too', () => {
    const hosts = [{ zone: 'a', group: 3, free: 0 }, { zone: 'a' }, { zone: 'b' }];
    expect(chosen(hosts, { strategies: [spreadZones] }, 3)).toEqual(['i2', 'i2', 'i2']);
  });

  test('over instances gives each one before any gets two', () => {
    const ids = chosen([{}, {}, {}, {}], { strategies: [spreadInstances] }, 8);
    expect(new Set(ids.slice(0, 4)).size).toBe(4);
    expect(new Set(ids.slice(4)).size).toBe(4);
  });

  test('instances without the attribute are one value of their own', () => {
    const ids = chosen([{}, {}, { zone: 'a' }], { strategies: [spreadZones] }, 4);
    expect(ids.filter((id) => id === 'i2')).toHaveLength(2);
  });
});

describe('binpack', () => {
  test('fills the fullest instance that still fits, then the next', () => {
    const hosts = [{ free: 1000 }, { free: 250 }, { free: 99 }, { free: 120 }];
    expect(chosen(hosts, { strategies: [binpackMemory] }, 5)).toEqual(['i3', 'i1', 'i1', 'i0', 'i0']);
  });
});

describe('chains', () => {
  test('a strategy narrows what the one before it left equal', () => {
    const hosts = [
      { zone: 'a', free: 900 },
      { zone: 'a', free: 400 },
      { zone: 'b', free: 800 },
      { zone: 'b', free: 300 },
    ];
    const ids = chosen(hosts, { strategies: [spreadZones, binpackMemory] }, 4);
    expect(ids.toSorted()).toEqual(['i1', 'i1', 'i3', 'i3']);
  });

  test('random leaves nothing to narrow and takes every instance in time', () => {
    const strategies: Strategy[] = [{ type: 'random' }, binpackMemory];
    const ids = Array.from(
      { length: 60 },
      (_, seed) => chosen([{}, {}, { free: 200 }], { strategies }, 1, seed)[0]!,
    );
    expect(Object.keys(tally(ids)).toSorted()).toEqual(['i0', 'i1', 'i2']);
  });
});

describe('constraints', () => {
  const memberOf = (expression: string): Constraint =>
    compileConstraints([{ type: 'memberOf', expression }])[0]!;

  test('distinctInstance places no more tasks than there are instances, and says so', () => {
    const input = aPlacementRequest({}, { constraints: [{ type: 'distinctInstance' }] });
    const { placed, verdicts } = place(input, fleet([{}, {}, { group: 1 }]), 4, seededRandom(1));
    expect(new Set(placed.map(({ id }) => id))).toEqual(new Set(['i0', 'i1']));
    expect(verdicts).toHaveLength(3);
    expect(verdicts[0]).toMatchObject({
      reason: 'DistinctInstance placement constraint unsatisfied.',
      group: 'family:web',
      held: 1,
    });
  });

  test('memberOf chooses by attribute', () => {
    expect(
      chosen([{ zone: 'a' }, { zone: 'b' }], { constraints: [memberOf('attribute:zone == b')] }, 2),
    ).toEqual(['i1', 'i1']);
  });

  test('remembers what lasts of a query, and asks anew what does not', () => {
    const usages = fleet([{ zone: 'a' }, { zone: 'b' }]);
    const input = aPlacementRequest(
      {},
      { constraints: [memberOf('attribute:zone == b and runningTasksCount < 1')] },
    );
    expect(place(input, usages, 1, seededRandom(1)).placed.map(({ id }) => id)).toEqual(['i1']);
    const busy = usages.map((usage) => ({ ...usage, runningTasksCount: 1 }));
    expect(place(input, busy, 1, seededRandom(1)).placed).toEqual([]);
  });

  test('a group that wants its own kind never gets its first task, one that avoids it is kept apart', () => {
    const affinity = aPlacementRequest({}, { constraints: [memberOf('task:group == family:web')] });
    expect(
      place(
        affinity,
        fleet([{}]).map((usage) => ({ ...usage, taskGroups: () => new Map() })),
        1,
        seededRandom(1),
      ).verdicts,
    ).toMatchObject([
      {
        reason: 'MemberOf placement constraint unsatisfied.',
        expression: 'task:group == family:web',
      },
    ]);
    const apart = aPlacementRequest({}, { constraints: [memberOf('not(task:group == family:web)')] });
    const empty = fleet([{}, {}]).map((usage) => ({ ...usage, taskGroups: () => new Map() }));
    const { placed } = place(apart, empty, 3, seededRandom(1));
    expect(new Set(placed.map(({ id }) => id))).toEqual(new Set(['i0', 'i1']));
    expect(placed).toHaveLength(2);
  });
});

test('whatever the fleet, spread never leaves two usable values more than one task apart', () => {
  const hosts = fc.array(fc.record({ zone: fc.constantFrom('a', 'b', 'c') }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(hosts, fc.integer({ min: 1, max: 10 }), fc.integer(), (input, count, seed) => {
      const ids = chosen(input, { strategies: [spreadZones] }, count, seed);
      const counts = tally(ids.map((id) => input[Number(id.slice(1))]!.zone));
      const all = [...new Set(input.map(({ zone }) => zone))].map((zone) => counts[zone] ?? 0);
      expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
    }),
  );
});
