import { describe, expect, it } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { noResources, type Resources } from '../../../../agent-protocol/resources.ts';
import { detailOf } from './detail.ts';
import type { PlacementRequest } from './filter.ts';
import { firstRejection, questionsOf } from './filters.ts';
import { place } from './place.ts';

const host = (
  id: string,
  taken: Partial<Resources> = {},
  fields: Partial<InstanceUsage> = {},
): InstanceUsage =>
  aUsage({
    instance: aContainerInstance({
      id,
      registeredResources: { cpu: 1000, memory: 1000, ports: [22], portsUdp: [] },
    }),
    taken: { ...noResources, ...taken },
    ...fields,
  });
const placed = (
  requirements: PlacementRequest,
  usages: readonly InstanceUsage[],
  count = 1,
  seed = 1,
): string[] => place(requirements, usages, count, seededRandom(seed)).placed.map(({ id }) => id);

describe('one task', () => {
  const requirements = aPlacementRequest({ cpu: 100, memory: 100 });

  it('goes to the instance with the smaller share taken', () => {
    expect(
      placed(requirements, [host('a', { cpu: 300 }), host('b', { cpu: 200 }), host('c', { cpu: 400 })]),
    ).toEqual(['b']);
  });

  it('looks at the scarcer of CPU and memory', () => {
    expect(
      placed(requirements, [host('a', { cpu: 100, memory: 700 }), host('b', { cpu: 500, memory: 500 })]),
    ).toEqual(['b']);
  });

  it('goes by shares and not by amounts', () => {
    const large = aUsage({
      instance: aContainerInstance({
        id: 'large',
        registeredResources: { ...noResources, cpu: 10_000, memory: 10_000 },
      }),
      taken: { ...noResources, cpu: 1000, memory: 1000 },
    });
    expect(placed(requirements, [host('small', { cpu: 300, memory: 300 }), large])).toEqual(['large']);
  });

  it('goes to the instance with fewer tasks where the shares are equal', () => {
    const busy = host('a', {}, { runningTasksCount: 1, pendingTasksCount: 1 });
    expect(placed(requirements, [busy, host('b', {}, { runningTasksCount: 1 }), busy])).toEqual(['b']);
  });

  it('goes anywhere by chance where all is equal, and to the same place from the same seed', () => {
    const equals = ['a', 'b', 'c', 'd'].map((id) => host(id));
    const seeds = Array.from({ length: 400 }, (_, seed) => seed);
    const chosen = seeds.map((seed) => placed(requirements, equals, 1, seed)[0]!);
    for (const { instance } of equals) {
      expect(chosen.filter((id) => id === instance.id).length).toBeGreaterThan(60);
    }
    expect(seeds.map((seed) => placed(requirements, equals, 1, seed)[0]!)).toEqual(chosen);
  });

  it('that asks for nothing goes to an instance that has nothing', () => {
    const bare = aUsage({ instance: aContainerInstance({ id: 'bare', registeredResources: noResources }) });
    expect(placed(aPlacementRequest({ cpu: 0, memory: 0 }), [bare])).toEqual(['bare']);
  });

  it('goes nowhere where there is no instance, for no reason of any', () => {
    expect(place(requirements, [], 1, seededRandom(1))).toEqual({ placed: [], verdicts: [] });
  });
});

describe('several tasks', () => {
  it('spread, since each counts for the choice of the next', () => {
    const usages = ['a', 'b', 'c'].map((id) => host(id));
    expect(placed(aPlacementRequest(), usages, 6).toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  it('with a static port go one to an instance, and the rest is told why', () => {
    const usages = [
      host('a'),
      host('b', { ports: [80] }),
      host('c', {}, { agentConnected: false }),
      host('d'),
    ];
    const { placed: chosen, verdicts } = place(
      aPlacementRequest({ ports: [80] }),
      usages,
      4,
      seededRandom(1),
    );
    expect(chosen.map(({ id }) => id).toSorted()).toEqual(['a', 'd']);
    expect(verdicts.map((verdict) => [verdict.instance.id, verdict.reason, detailOf(verdict)])).toEqual([
      ['a', 'RESOURCE:PORTS', 'tcp host port 80 is taken by another task'],
      ['b', 'RESOURCE:PORTS', 'tcp host port 80 is taken by another task'],
      ['c', 'AGENT', 'the agent of the instance is not connected'],
      ['d', 'RESOURCE:PORTS', 'tcp host port 80 is taken by another task'],
    ]);
  });

  it('fill an instance to the brim, with the numbers of the task that no longer fits', () => {
    const { placed: chosen, verdicts } = place(
      aPlacementRequest({ cpu: 300, memory: 1 }),
      [host('a')],
      10,
      seededRandom(1),
    );
    expect(chosen).toHaveLength(3);
    expect(verdicts).toMatchObject([
      { filter: 'cpu', reason: 'RESOURCE:CPU', asked: 300, available: 100, of: 1000 },
    ]);
  });

  it('that are all placed leave no verdicts, though some instance refused', () => {
    const usages = [host('full', { cpu: 1000 }), host('free')];
    expect(place(aPlacementRequest(), usages, 1, seededRandom(1)).verdicts).toEqual([]);
  });
});

describe('the reason for a refusal', () => {
  it('is the first of agent, attributes, CPU, memory, ports', () => {
    const all: PlacementRequest = aPlacementRequest(
      { cpu: 2000, memory: 2000, ports: [22], portsUdp: [53] },
      { requiresAttributes: [{ name: 'gpu' }] },
    );
    const nothing = { ...noResources, portsUdp: [53] };
    const reasons: (string | undefined)[] = [];
    let usage = host('a', nothing, { agentConnected: false });
    let requirements = all;
    const look = (): unknown => reasons.push(firstRejection(questionsOf(requirements), usage)?.filter);
    look();
    usage = { ...usage, agentConnected: true };
    look();
    requirements = { ...requirements, requiresAttributes: [] };
    look();
    requirements = { ...requirements, resources: { ...requirements.resources, cpu: 0 } };
    look();
    requirements = { ...requirements, resources: { ...requirements.resources, memory: 0 } };
    look();
    requirements = { ...requirements, resources: { ...requirements.resources, ports: [] } };
    look();
    requirements = { ...requirements, resources: { ...requirements.resources, portsUdp: [] } };
    look();
    expect(reasons).toEqual([
      'agentConnected',
      'attributes',
      'cpu',
      'memory',
      'ports',
      'portsUdp',
      undefined,
    ]);
  });
});
