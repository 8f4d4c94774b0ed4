// A filter may answer for a whole fleet at once: whatever it reads there, it is to say the same as of each instance.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aLoad, anAsk } from '../../../../../test-support/builders/an-ask.ts';
import type { InstanceLoad } from '../../state/instance/instance-load.ts';
import { fleetOf } from '../../state/instance/fleet.ts';
import { candidates } from './candidates.ts';
import { compileConstraints } from './compile.ts';
import type { Ask } from './filter.ts';
import { accepts, allRejections, questionsOf } from './filters.ts';

const rarely = { weight: 1, arbitrary: fc.constant(false) };
const ports = fc.subarray([80, 81]);
const named = fc.subarray(['ssd', 'ecs.capability.external']).map((names) => names.map((name) => ({ name })));

const ask: fc.Arbitrary<Ask> = fc
  .record({
    cpu: fc.nat(20),
    memory: fc.nat(20),
    gpus: fc.constantFrom(undefined, undefined, 1),
    ports,
    portsUdp: ports,
  })
  .chain((resources) =>
    fc.record({
      resources: fc.constant(anAsk(resources).resources),
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

const load: fc.Arbitrary<InstanceLoad> = fc
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
    aLoad({
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
      fc.array(ask, { minLength: 1, maxLength: 3 }),
      fc.array(load, { maxLength: 8 }),
      (asks, loads) => {
        const fleet = fleetOf(loads);
        for (const one of asks) {
          const questions = questionsOf(one);
          const accepted = [...loads.keys()].filter((at) => accepts(questions, loads[at]!));
          expect(candidates(questions, fleet)).toEqual(accepted);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is said of an instance is plain data, by an end that comes', () => {
  fc.assert(
    fc.property(ask, load, (one, given) => {
      const said = questionsOf(one).flatMap((question) => allRejections(question, given));
      expect(said.length > 0).toBe(!accepts(questionsOf(one), given));
      expect(JSON.parse(JSON.stringify(said))).toEqual(said);
    }),
    { numRuns: 500 },
  );
});
