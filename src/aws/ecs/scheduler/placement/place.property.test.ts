// Whatever is asked of whatever fleet: nothing is overcommitted, nothing that fits is refused, every refusal is true.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aPlacementRequest, rejectionBy } from '../../../../../test-support/builders/a-placement-request.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import type { Resources, TaskResources } from '../../../../agent-protocol/resources.ts';
import type { PlacementRequest, Strategy } from './filter.ts';
import { explainPlacement } from './explain-placement.ts';
import { filters, firstRejection, questionsOf } from './filters.ts';
import { place } from './place.ts';

const port = fc.integer({ min: 1, max: 9 });
const portSet = fc.uniqueArray(port, { maxLength: 2 });
const gpuSet = fc.uniqueArray(fc.constantFrom('GPU-a', 'GPU-b', 'GPU-c'));
const attributeNames = fc.uniqueArray(fc.constantFrom('gpu', 'ssd'), { maxLength: 2 });
const asAttributes = (names: readonly string[]) => names.map((name) => ({ name }));

const requirements: fc.Arbitrary<PlacementRequest> = fc.record({
  resources: fc.record<TaskResources>({
    cpu: fc.nat(40),
    memory: fc.nat(40),
    ports: portSet,
    portsUdp: portSet,
    gpus: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, fc.nat(2)),
  }),
  requiresAttributes: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, attributeNames.map(asAttributes)),
  launchType: fc.constant('EC2' as const),
  group: fc.constant('family:web'),
  constraints: fc.oneof(
    { weight: 3, arbitrary: fc.constant<PlacementRequest['constraints']>([]) },
    fc.constant<PlacementRequest['constraints']>([{ type: 'distinctInstance' }]),
  ),
  strategies: fc.array(
    fc.constantFrom<Strategy>(
      { type: 'spread', attribute: 'zone' },
      { type: 'spread' },
      { type: 'binpack', field: 'memory' },
      { type: 'random' },
    ),
    { maxLength: 2 },
  ),
});

/** Amounts that tasks hold need not fit: an instance may have come back smaller. */
const usage = fc
  .record({
    registered: fc.record({ cpu: fc.nat(100), memory: fc.nat(100), ports: portSet, portsUdp: portSet }),
    gpuIds: fc.option(gpuSet, { nil: undefined }),
    taken: fc.record({
      cpu: fc.nat(60),
      memory: fc.nat(60),
      ports: portSet,
      portsUdp: portSet,
      gpuIds: fc.option(gpuSet, { nil: undefined }),
    }),
    attributes: attributeNames.map(asAttributes),
    agentConnected: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    engineAnswers: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
    runningTasksCount: fc.nat(3),
    pendingTasksCount: fc.nat(3),
  })
  .map(({ registered, gpuIds, attributes, ...rest }) => ({ registered, gpuIds, attributes, rest }));

const fleet: fc.Arbitrary<InstanceUsage[]> = fc.array(usage, { maxLength: 6 }).map((input) =>
  input.map(({ registered, gpuIds, attributes, rest }, at) => ({
    instance: aContainerInstance({ id: `i${at}`, registeredResources: registered, gpuIds, attributes }),
    taskGroups: () => new Map(),
    ...rest,
  })),
);
const count = fc.integer({ min: 1, max: 10 });
const seed = fc.integer();

const holds = (
  property: (input: PlacementRequest, usages: InstanceUsage[], count: number, seed: number) => void,
): void => fc.assert(fc.property(requirements, fleet, count, seed, property), { numRuns: 1500 });

/** What an instance holds with `times` such tasks more, worked out anew and not by the code under test. */
const withMore = ({ taken }: InstanceUsage, { resources }: PlacementRequest, times: number): Resources => {
  const repeated = <T>(list: readonly T[]): T[] => Array.from({ length: times }, () => list).flat();
  return {
    cpu: taken.cpu + times * resources.cpu,
    memory: taken.memory + times * resources.memory,
    ports: [...taken.ports, ...repeated(resources.ports)],
    portsUdp: [...taken.portsUdp, ...repeated(resources.portsUdp)],
  };
};

/** How many GPUs are left where `times` such tasks were placed; one that is held and not there takes none away. */
const gpusLeft = (
  { instance, taken }: InstanceUsage,
  { resources }: PlacementRequest,
  times: number,
): number =>
  (instance.gpuIds ?? []).filter((id) => !taken.gpuIds?.includes(id)).length - times * (resources.gpus ?? 0);

const clashes = (asked: readonly number[], reserved: readonly number[], held: readonly number[]): boolean =>
  asked.some((one) => reserved.includes(one) || held.includes(one));

/** Whether one more such task could run beside what is held, said the long way round. */
function canTake(usage: InstanceUsage, wanted: PlacementRequest, held: Resources, times: number): boolean {
  const { instance, agentConnected, engineAnswers } = usage;
  const { cpu, memory, ports, portsUdp } = instance.registeredResources;
  const { resources, requiresAttributes } = wanted;
  return (
    agentConnected &&
    engineAnswers &&
    (times === 0 || wanted.constraints.length === 0) &&
    requiresAttributes.every(({ name }) => instance.attributes.some((has) => has.name === name)) &&
    held.cpu + resources.cpu <= cpu &&
    held.memory + resources.memory <= memory &&
    !clashes(resources.ports, ports, held.ports) &&
    !clashes(resources.portsUdp, portsUdp, held.portsUdp) &&
    (!resources.gpus || resources.gpus <= gpusLeft(usage, wanted, times))
  );
}

/** Whether one more such task could run there beside `times` that were placed already. */
const canTakeMore = (one: InstanceUsage, wanted: PlacementRequest, times: number): boolean =>
  canTake(one, wanted, withMore(one, wanted, times), times);

const timesOn = (placed: readonly { id: string }[], { instance }: InstanceUsage): number =>
  placed.filter(({ id }) => id === instance.id).length;

test('never gives an instance more CPU, memory or ports than it has, nor a task that it may not run', () => {
  holds((input, usages, wanted, from) => {
    const { placed } = place(input, usages, wanted, seededRandom(from));
    for (const one of usages) {
      for (let before = 0; before < timesOn(placed, one); before++) {
        expect(canTake(one, input, withMore(one, input, before), before)).toBe(true);
      }
    }
  });
});

test('gives each task as many GPUs as it asks for, none that is not there and none twice', () => {
  holds((input, usages, wanted, from) => {
    const { placed } = place(input, usages, wanted, seededRandom(from));
    for (const { instance, taken } of usages) {
      const granted = placed
        .filter(({ id }) => id === instance.id)
        .map(({ grantedGpuIds = [] }) => grantedGpuIds);
      for (const gpuIds of granted) expect(gpuIds).toHaveLength(input.resources.gpus ?? 0);
      const all = granted.flat();
      expect(new Set(all).size).toBe(all.length);
      for (const id of all) {
        expect(instance.gpuIds).toContain(id);
        expect(taken.gpuIds ?? []).not.toContain(id);
      }
    }
  });
});

test('places as long as some instance can take one more, and exactly as many as asked at most', () => {
  holds((input, usages, wanted, from) => {
    const { placed } = place(input, usages, wanted, seededRandom(from));
    const room = usages.some((one) => canTakeMore(one, input, timesOn(placed, one)));
    expect(placed.length).toBeLessThanOrEqual(wanted);
    if (room) expect(placed).toHaveLength(wanted);
  });
});

test('each task goes where the least is taken at that point, by share and then by number of tasks', () => {
  const score = (one: InstanceUsage, input: PlacementRequest, times: number): number => {
    const after = withMore(one, input, times + 1);
    const { cpu, memory } = one.instance.registeredResources;
    const share = Math.max(cpu && after.cpu / cpu, memory && after.memory / memory);
    return share * 1000 + one.runningTasksCount + one.pendingTasksCount + times;
  };
  // Shares in steps of a tenth, so that a thousandfold share outweighs any number of tasks.
  const even = fc.array(
    fc.record({
      taken: fc.nat(9).map((tenths) => ({ cpu: tenths * 10, memory: 0, ports: [], portsUdp: [] })),
      runningTasksCount: fc.nat(3),
      pendingTasksCount: fc.nat(3),
    }),
    { maxLength: 6 },
  );
  const input = aPlacementRequest({ cpu: 10, memory: 0 });
  fc.assert(
    fc.property(even, count, seed, (fields, wanted, from) => {
      const registeredResources = { cpu: 100, memory: 100, ports: [], portsUdp: [] };
      const usages: InstanceUsage[] = fields.map((one, at) => ({
        instance: aContainerInstance({ id: `i${at}`, registeredResources }),
        agentConnected: true,
        engineAnswers: true,
        taskGroups: () => new Map(),
        ...one,
      }));
      const { placed } = place(input, usages, wanted, seededRandom(from));
      placed.forEach((chosen, at) => {
        const before = placed.slice(0, at);
        const scores = usages
          .filter((one) => canTakeMore(one, input, timesOn(before, one)))
          .map((one) => ({ id: one.instance.id, score: score(one, input, timesOn(before, one)) }));
        const least = Math.min(...scores.map((one) => one.score));
        expect(scores.find(({ id }) => id === chosen.id)!.score).toBeCloseTo(least, 6);
      });
    }),
    { numRuns: 500 },
  );
});

test('where a task is left over, every instance says why, and what it says is true', () => {
  holds((input, usages, wanted, from) => {
    const { placed, verdicts } = place(input, usages, wanted, seededRandom(from));
    if (placed.length === wanted) {
      expect(verdicts).toEqual([]);
      return;
    }
    expect(verdicts.map(({ instance }) => instance)).toEqual(usages.map(({ instance }) => instance));
    verdicts.forEach((verdict, at) => {
      const { filter, reason, instance } = verdict;
      const held = withMore(usages[at]!, input, timesOn(placed, usages[at]!));
      const { registeredResources: registered } = instance;
      const { resources } = input;
      switch (filter) {
        case 'agentConnected':
          expect(usages[at]!.agentConnected).toBe(false);
          break;
        case 'engineAnswers':
          expect(usages[at]!.engineAnswers).toBe(false);
          break;
        case 'attributes': {
          expect(input.requiresAttributes).toContainEqual({ name: verdict['attribute'] });
          expect(instance.attributes).not.toContainEqual({ name: verdict['attribute'] });
          break;
        }
        case 'distinctInstance':
          expect(input.constraints).toContainEqual({ type: 'distinctInstance' });
          expect(timesOn(placed, usages[at]!)).toBe(1);
          break;
        case 'cpu':
        case 'memory': {
          const free = registered[filter] - held[filter];
          expect(resources[filter]).toBeGreaterThan(free);
          expect(reason).toBe(`RESOURCE:${filter.toUpperCase()}`);
          const { asked, available, of } = verdict;
          expect([asked, available, of]).toEqual([resources[filter], free, registered[filter]]);
          break;
        }
        case 'gpus': {
          const left = gpusLeft(usages[at]!, input, timesOn(placed, usages[at]!));
          const { asked, available, of } = verdict;
          expect(left).toBeLessThan(Number(asked));
          expect(reason).toBe('RESOURCE:GPU');
          expect([asked, available, of]).toEqual([resources.gpus, left, instance.gpuIds?.length ?? 0]);
          break;
        }
        case 'ports':
        case 'portsUdp': {
          const { port: which, reserved } = verdict;
          expect(resources[filter]).toContain(which);
          expect(reserved ? registered[filter] : held[filter]).toContain(which);
          expect(reason).toBe('RESOURCE:PORTS');
          break;
        }
        default:
          expect.unreachable(filter);
      }
    });
  });
});

test('replays from its seed, and changes nothing that it was given', () => {
  holds((input, usages, wanted, from) => {
    const before = JSON.stringify([input, usages]);
    const first = place(input, usages, wanted, seededRandom(from));
    expect(JSON.stringify([input, usages])).toBe(before);
    expect(place(input, usages, wanted, seededRandom(from))).toEqual(first);
  });
});

test('an assessment gives all reasons, the verdict’s first; a filter has one exactly where it does not accept', () => {
  holds((input, usages) => {
    for (const one of usages) {
      const { fits, refusals } = explainPlacement(input, [one]);
      const rejections = refusals[0]?.rejections ?? [];
      expect(fits).toEqual(rejections.length === 0 ? [one] : []);
      expect(firstRejection(questionsOf(input), one)).toEqual(
        rejections[0] && { ...rejections[0], instance: one.instance },
      );
      const refusing = filters.filter((filter) => rejectionBy(filter, input, one)).map(({ name }) => name);
      expect([...new Set(rejections.map(({ filter }) => filter))]).toEqual(refusing);
      const lacking = input.requiresAttributes.filter(
        ({ name }) => !one.instance.attributes.some((has) => has.name === name),
      );
      expect(rejections.flatMap((its) => (its.filter === 'attributes' ? [its['attribute']] : []))).toEqual(
        lacking.map(({ name }) => name),
      );
    }
  });
});
