// A filter may answer for a whole fleet at once: whatever it reads there, it is to say the same as of each instance.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aUsage, aPlacementRequest } from '../../../../../test-support/builders/a-placement-request.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { fleetOf } from '../../state/instance/fleet.ts';
import { candidates } from './candidates.ts';
import { compileConstraints } from './compile.ts';
import type { PlacementRequest } from './filter.ts';
import { accepts, allRejections, questionsOf } from './filters.ts';

const rarely = { weight: 1, arbitrary: fc.constant(false) };
const ports = fc.subarray([80, 81]);
const named = fc.subarray(['ssd', 'ecs.capability.external']).map((names) => names.map((name) => ({ name })));

const requirements: fc.Arbitrary<PlacementRequest> = fc
  .record({
    cpu: fc.nat(20),
    memory: fc.nat(20),
    gpus: fc.constantFrom(undefined, undefined, 1),
    ports,
    portsUdp: ports,
  })
  .chain((resources) =>
    fc.record({
      resources: fc.constant(aPlacementRequest(resources).resources),
      requiresAttributes: fc.subarray([{ name: 'ssd' }]),
      launchType: fc.constantFrom('EC2' as const, 'EC2' as const, 'EXTERNAL' as const),
      group: fc.constantFrom('family:web', 'family:api'),
      constraints: fc
        .subarray([
          { type: 'distinctInstance' as const },
          { type: 'memberOf' as const, expression: 'attribute:ssd exists' },
          { type: 'memberOf' as const, expression: 'runningTasksCount < 2' },
          { type: 'memberOf' as const, expression: 'task:group == family:api' },
        ])
        .map(compileConstraints),
      strategies: fc.constant([]),
    }),
  );

const usage: fc.Arbitrary<InstanceUsage> = fc
  .record({
    cpu: fc.nat(60),
    memory: fc.nat(60),
    attributes: named,
    gpuIds: fc.constantFrom(undefined, ['a']),
    taken: fc.record({ cpu: fc.nat(20), memory: fc.nat(20), ports, portsUdp: ports }),
    agentConnected: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, rarely),
    engineAnswers: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, rarely),
    runningTasksCount: fc.nat(3),
    groups: fc.subarray(['family:web', 'family:api']),
  })
  .map(({ cpu, memory, attributes, gpuIds, groups, ...held }) =>
    aUsage({
      instance: aContainerInstance({
        registeredResources: { cpu, memory, ports: [22], portsUdp: [] },
        attributes,
        gpuIds,
      }),
      taskGroups: () => new Map(groups.map((group) => [group, 1])),
      ...held,
    }),
  );

test('the places that are left are those whose instances every filter accepts', () => {
  fc.assert(
    fc.property(
      fc.array(requirements, { minLength: 1, maxLength: 3 }),
      fc.array(usage, { maxLength: 8 }),
      (asks, usages) => {
        const fleet = fleetOf(usages);
        for (const one of asks) {
          const questions = questionsOf(one);
          const accepted = [...usages.keys()].filter((at) => accepts(questions, usages[at]!));
          expect(candidates(questions, fleet)).toEqual(accepted);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is said of an instance is plain data, by an end that comes', () => {
  fc.assert(
    fc.property(requirements, usage, (one, input) => {
      const said = questionsOf(one).flatMap((question) => allRejections(question, input));
      expect(said.length > 0).toBe(!accepts(questionsOf(one), input));
      expect(JSON.parse(JSON.stringify(said))).toEqual(said);
    }),
    { numRuns: 500 },
  );
});
