// Whatever strategies are chained on whatever fleet: each task goes to an instance that no other one beats at that point.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import type { PlacementRequest, Strategy } from './filter.ts';
import { place } from './place.ts';

const group = 'family:web';
const strategy = fc.constantFrom<Strategy>(
  { type: 'spread', attribute: 'zone' },
  { type: 'spread', attribute: 'rack' },
  { type: 'spread' },
  { type: 'binpack', field: 'cpu' },
  { type: 'binpack', field: 'memory' },
);
const value = fc.constantFrom(undefined, 'a', 'b');
const fleet = fc.array(
  fc.record({
    cpu: fc.nat(9),
    memory: fc.nat(9),
    zone: value,
    rack: value,
    ofGroup: fc.nat(3),
    connected: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);
type Host = typeof fleet extends fc.Arbitrary<(infer H)[]> ? H : never;

const loadOf = ({ cpu, memory, zone, rack, ofGroup, connected }: Host, at: number): InstanceUsage =>
  aUsage({
    instance: aContainerInstance({
      id: `i${at}`,
      registeredResources: { ...noResources, cpu, memory },
      attributes: Object.entries({ zone, rack }).flatMap(([name, of]) => (of ? [{ name, value: of }] : [])),
    }),
    agentConnected: connected,
    taskGroups: () => new Map(ofGroup > 0 ? [[group, ofGroup]] : []),
  });

/** What is left of a host, and how many of the group it has, after some of the tasks were placed. */
interface Now extends Host {
  readonly id: string;
}
const now = (
  hosts: readonly Host[],
  { resources }: PlacementRequest,
  placed: readonly string[],
): readonly Now[] =>
  hosts.map((host, at) => {
    const times = placed.filter((id) => id === `i${at}`).length;
    return {
      ...host,
      id: `i${at}`,
      cpu: host.cpu - times * resources.cpu,
      memory: host.memory - times * resources.memory,
      ofGroup: host.ofGroup + times,
    };
  });

/** The strategy's measure of a host, the lower the better, worked out from all hosts as they are. */
function measure(one: Strategy, host: Now, all: readonly Now[]): number {
  if (one.type === 'binpack') return host[one.field];
  if (one.type === 'random') return 0;
  if (one.attribute === undefined) return host.ofGroup;
  const name = one.attribute as 'zone' | 'rack';
  return all.filter((other) => other[name] === host[name]).reduce((sum, { ofGroup }) => sum + ofGroup, 0);
}

const beats = (strategies: readonly Strategy[], one: Now, other: Now, all: readonly Now[]): boolean => {
  for (const by of strategies) {
    const difference = measure(by, one, all) - measure(by, other, all);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

test('each task goes where the first strategy says, equals where the next one says', () => {
  fc.assert(
    fc.property(
      fleet,
      fc.array(strategy, { minLength: 1, maxLength: 3 }),
      fc.record({ cpu: fc.nat(3), memory: fc.nat(3) }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer(),
      (hosts, strategies, resources, count, seed) => {
        const requirements = aPlacementRequest(resources, { group, strategies });
        const { placed } = place(requirements, hosts.map(loadOf), count, seededRandom(seed));
        const ids = placed.map(({ id }) => id);
        ids.forEach((id, at) => {
          const all = now(hosts, requirements, ids.slice(0, at));
          const chosen = all.find((host) => host.id === id)!;
          const able = all.filter(
            (host) => host.connected && host.cpu >= resources.cpu && host.memory >= resources.memory,
          );
          expect(able).toContain(chosen);
          expect(able.filter((other) => beats(strategies, other, chosen, all))).toEqual([]);
        });
      },
    ),
    { numRuns: 2000 },
  );
});
