import { describe, expect, it } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aLoad, anAsk } from '../../../../../test-support/builders/an-ask.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import { noResources, type Resources } from '../../../../agent-protocol/resources.ts';
import { detailOf } from './detail.ts';
import type { Ask } from './filter.ts';
import { firstRejection, questionsOf } from './filters.ts';
import { place } from './place.ts';

const host = (id: string, taken: Partial<Resources> = {}, fields: Partial<InstanceLoad> = {}): InstanceLoad =>
  aLoad({
    instance: aContainerInstance({
      id,
      registeredResources: { cpu: 1000, memory: 1000, ports: [22], portsUdp: [] },
    }),
    taken: { ...noResources, ...taken },
    ...fields,
  });
const placed = (ask: Ask, loads: readonly InstanceLoad[], count = 1, seed = 1): string[] =>
  place(ask, loads, count, seededRandom(seed)).placed.map(({ id }) => id);

describe('one task', () => {
  const ask = anAsk({ cpu: 100, memory: 100 });

  it('goes to the instance with the smaller share taken', () => {
    expect(placed(ask, [host('a', { cpu: 300 }), host('b', { cpu: 200 }), host('c', { cpu: 400 })])).toEqual([
      'b',
    ]);
  });

  it('looks at the scarcer of CPU and memory', () => {
    expect(placed(ask, [host('a', { cpu: 100, memory: 700 }), host('b', { cpu: 500, memory: 500 })])).toEqual(
      ['b'],
    );
  });

  it('goes by shares and not by amounts', () => {
    const large = aLoad({
      instance: aContainerInstance({
        id: 'large',
        registeredResources: { ...noResources, cpu: 10_000, memory: 10_000 },
      }),
      taken: { ...noResources, cpu: 1000, memory: 1000 },
    });
    expect(placed(ask, [host('small', { cpu: 300, memory: 300 }), large])).toEqual(['large']);
  });

  it('goes to the instance with fewer tasks where the shares are equal', () => {
    const busy = host('a', {}, { runningTasksCount: 1, pendingTasksCount: 1 });
    expect(placed(ask, [busy, host('b', {}, { runningTasksCount: 1 }), busy])).toEqual(['b']);
  });

  it('goes anywhere by chance where all is equal, and to the same place from the same seed', () => {
    const equals = ['a', 'b', 'c', 'd'].map((id) => host(id));
    const seeds = Array.from({ length: 400 }, (_, seed) => seed);
    const chosen = seeds.map((seed) => placed(ask, equals, 1, seed)[0]!);
    for (const { instance } of equals) {
      expect(chosen.filter((id) => id === instance.id).length).toBeGreaterThan(60);
    }
    expect(seeds.map((seed) => placed(ask, equals, 1, seed)[0]!)).toEqual(chosen);
  });

  it('that asks for nothing goes to an instance that has nothing', () => {
    const bare = aLoad({ instance: aContainerInstance({ id: 'bare', registeredResources: noResources }) });
    expect(placed(anAsk({ cpu: 0, memory: 0 }), [bare])).toEqual(['bare']);
  });

  it('goes nowhere where there is no instance, for no reason of any', () => {
    expect(place(ask, [], 1, seededRandom(1))).toEqual({ placed: [], verdicts: [] });
  });
});

describe('several tasks', () => {
  it('spread, since each counts for the choice of the next', () => {
    const loads = ['a', 'b', 'c'].map((id) => host(id));
    expect(placed(anAsk(), loads, 6).toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  it('with a static port go one to an instance, and the rest is told why', () => {
    const loads = [
      host('a'),
      host('b', { ports: [80] }),
      host('c', {}, { agentConnected: false }),
      host('d'),
    ];
    const { placed: chosen, verdicts } = place(anAsk({ ports: [80] }), loads, 4, seededRandom(1));
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
      anAsk({ cpu: 300, memory: 1 }),
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
    const loads = [host('full', { cpu: 1000 }), host('free')];
    expect(place(anAsk(), loads, 1, seededRandom(1)).verdicts).toEqual([]);
  });
});

describe('the reason for a refusal', () => {
  it('is the first of agent, attributes, CPU, memory, ports', () => {
    const all: Ask = anAsk(
      { cpu: 2000, memory: 2000, ports: [22], portsUdp: [53] },
      { requiresAttributes: [{ name: 'gpu' }] },
    );
    const nothing = { ...noResources, portsUdp: [53] };
    const reasons: (string | undefined)[] = [];
    let load = host('a', nothing, { agentConnected: false });
    let ask = all;
    const look = (): unknown => reasons.push(firstRejection(questionsOf(ask), load)?.filter);
    look();
    load = { ...load, agentConnected: true };
    look();
    ask = { ...ask, requiresAttributes: [] };
    look();
    ask = { ...ask, resources: { ...ask.resources, cpu: 0 } };
    look();
    ask = { ...ask, resources: { ...ask.resources, memory: 0 } };
    look();
    ask = { ...ask, resources: { ...ask.resources, ports: [] } };
    look();
    ask = { ...ask, resources: { ...ask.resources, portsUdp: [] } };
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
