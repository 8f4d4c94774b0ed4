// Whatever the instances hold: what is suggested for one of them is enough for it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../test-support/builders/a-task-definition.ts';
import { aUsage } from '../../../../../test-support/builders/a-placement-request.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import { explainPlacement } from './explain-placement.ts';
import { groupVerdicts } from './group-verdicts.ts';
import { suggestionsFor } from './suggestions.ts';
import { taskRequirements } from './task-requirements.ts';

const define = (cpu: number, memory: number) =>
  aTaskDefinition({ containerDefinitions: [aContainerDefinition({ cpu, memory })] });
const requirementsOf = (cpu: number, memory: number) =>
  taskRequirements(define(cpu, memory), {
    launchType: 'EC2',
    group: 'family:web',
    overrides: {},
    constraints: [],
    strategies: [],
  });

const hosts = fc
  .array(fc.record({ cpu: fc.nat(50), memory: fc.nat(50), agentConnected: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((input) =>
    input.map(({ cpu, memory, agentConnected }, at) =>
      aUsage({
        instance: aContainerInstance({
          id: `i${at}`,
          registeredResources: { cpu, memory, ports: [], portsUdp: [] },
        }),
        agentConnected,
      }),
    ),
  );
test.each([
  [1, 2, ['Lower resourceRequirements (GPU) of web:1 from 2 to 1 GPU or less: that much is free on i1.']],
  [0, 1, []],
])('with %d GPUs free of those that are asked for, suggests what helps', (free, gpus, lower) => {
  const app = aContainerDefinition({ resourceRequirements: [{ type: 'GPU', value: String(gpus) }] });
  const definition = aTaskDefinition({ containerDefinitions: [app] });
  const requirements = taskRequirements(definition, {
    launchType: 'EC2',
    group: 'family:web',
    overrides: {},
    constraints: [],
    strategies: [],
  });
  const instance = aContainerInstance({ gpuIds: ['a', 'b'].slice(0, free + 1) });
  const usage = aUsage({ instance, taken: { ...noResources, gpuIds: [instance.gpuIds!.at(-1)!] } });
  const holder = {
    taskArn: 'task/t1',
    taskDefinition: 'api:4',
    group: 'service:api',
    cpu: 0,
    memory: 0,
    gpus: 1,
  };
  const groups = groupVerdicts(explainPlacement(requirements, [usage]).refusals, () => [holder]);
  expect(suggestionsFor(definition, requirements, groups).map(({ text }) => text)).toEqual([
    ...lower,
    'Stop or move the task t1 (api:4, service:api) on i1: it holds 1 GPU.',
    `Add an instance with 128 MiB free, with ${gpus === 1 ? '1 GPU' : '2 GPUs'} free.`,
  ]);
});

const amount = fc.integer({ min: 6, max: 60 });

test('a lower amount makes an instance take the task, and what is to be several changes is no single one', () => {
  fc.assert(
    fc.property(hosts, amount, amount, (usages, cpu, memory) => {
      const requirements = requirementsOf(cpu, memory);
      const { fits, refusals } = explainPlacement(requirements, usages);
      fc.pre(fits.length === 0);
      const groups = groupVerdicts(refusals, () => []);
      const suggestions = suggestionsFor(define(cpu, memory), requirements, groups);
      for (const { kind, text } of suggestions) {
        if (kind === 'several') expect(refusals.every(({ rejections }) => rejections.length > 1)).toBe(true);
        const [, member, to] = /^Lower (cpu|memory) .* to (\d+) /.exec(text) ?? [];
        if (to === undefined) continue;
        const lowered =
          member === 'cpu' ? requirementsOf(Number(to), memory) : requirementsOf(cpu, Number(to));
        expect(explainPlacement(lowered, usages).fits).not.toEqual([]);
      }
      const added = aUsage({
        instance: aContainerInstance({
          id: 'new',
          registeredResources: { cpu, memory, ports: [], portsUdp: [] },
        }),
      });
      expect(suggestions.at(-1)!.text).toBe(`Add an instance with ${cpu} CPU units and ${memory} MiB free.`);
      expect(explainPlacement(requirements, [added]).fits).toEqual([added]);
    }),
  );
});

test.each([
  ['service:web', /^The service's own task t1 holds the host port 80 of i1: lower minimumHealthyPercent/],
  ['service:api', /^Stop or move the task t1 .*: it holds the host port 80\.$/],
])('where a task of %s holds the port that a service asks for, says whose it is', (group, text) => {
  const app = aContainerDefinition({ portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] });
  const definition = aTaskDefinition({ containerDefinitions: [app] });
  const requirements = taskRequirements(definition, {
    launchType: 'EC2',
    group: 'service:web',
    overrides: {},
    constraints: [],
    strategies: [],
  });
  const usage = aUsage({ instance: aContainerInstance(), taken: { ...noResources, ports: [80] } });
  const holder = { taskArn: 'task/t1', taskDefinition: 'api:4', group, cpu: 0, memory: 0 };
  const groups = groupVerdicts(explainPlacement(requirements, [usage]).refusals, () => [holder]);
  const texts = suggestionsFor(definition, requirements, groups).map((one) => one.text);
  expect(texts).toContainEqual(expect.stringMatching(text));
});
