// What people read of the failures that everybody meets: whole answers, made by placement itself.
import { describe, expect, it, test } from 'vitest';
import { aContainerInstance } from '../../../test-support/builders/a-container-instance.ts';
import { aContainerDefinition, aTaskDefinition } from '../../../test-support/builders/a-task-definition.ts';
import { aUsage } from '../../../test-support/builders/a-placement-request.ts';
import type { ExplainPlacementOutput } from '../../longshore/contract.ts';
import { presentGroup } from '../../longshore/present/verdicts.ts';
import type { InstanceUsage } from '../../aws/ecs/state/instance/instance-usage.ts';
import { noResources } from '../../agent-protocol/resources.ts';
import type {
  ContainerDefinition,
  TaskDefinition,
} from '../../aws/ecs/state/task-definition/task-definition.ts';
import type { BlockingTask } from '../../aws/ecs/state/placement-attempt/verdict-group.ts';
import { explainPlacement } from '../../aws/ecs/scheduler/placement/explain-placement.ts';
import { compileConstraints } from '../../aws/ecs/scheduler/placement/compile.ts';
import type { RequiredProviders } from '../../aws/ecs/scheduler/placement/filter.ts';
import { groupVerdicts } from '../../aws/ecs/scheduler/placement/group-verdicts.ts';
import { suggestionsFor, withoutUnsupported } from '../../aws/ecs/scheduler/placement/suggestions.ts';
import { taskRequirements } from '../../aws/ecs/scheduler/placement/task-requirements.ts';
import { explainLines } from './explain-text.ts';
import type { PlacementConstraint } from '../../aws/ecs/state/task-definition/placement-rules.ts';

const answer = (fields: Partial<ExplainPlacementOutput> = {}): ExplainPlacementOutput => ({
  clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
  taskDefinitionArn: 'web',
  taskDefinition: 'web:1',
  group: 'family:web',
  asks: { cpu: 0, memory: 512, ports: [], portsUdp: [], requiresAttributes: [], constraints: [] },
  now: { instances: 12, fitCount: 0, fits: [], verdicts: [] },
  unsupported: [],
  suggestions: [],
  attempts: [],
  ...fields,
});

test('what no instance can run is told in place of what each instance says', () => {
  const unsupported = [{ feature: "networkMode 'awsvpc'", instead: 'bridge' }, { feature: 'secrets' }];
  const suggestions = [withoutUnsupported(aTaskDefinition(), unsupported)];
  expect(explainLines(answer({ unsupported, suggestions }))).toEqual([
    "No instance can ever run web:1: Longshore does not support networkMode 'awsvpc' and secrets yet.",
    '',
    'What would help:',
    "  - Register web again without networkMode 'awsvpc' (use bridge), secrets: no instance can run these.",
  ]);
});

describe('the headline', () => {
  it('counts the instances that can take it', () => {
    expect(explainLines(answer())).toEqual(['0 of 12 instances can run web:1 now.']);
  });

  it('says it of a service, and of a cluster without instances', () => {
    const now = { instances: 1, fitCount: 1, fits: [], verdicts: [] };
    expect(explainLines(answer({ serviceArn: 's', group: 'service:web', now }))).toEqual([
      '1 of 1 instance can run web:1 of service:web now.',
    ]);
    expect(explainLines(answer({ now: { ...now, instances: 0, fitCount: 0 } }))).toEqual([
      'The cluster default has no container instances, so nothing can run web:1.',
    ]);
  });
});

describe('of a task', () => {
  const of = (fields: Partial<NonNullable<ExplainPlacementOutput['task']>>, providers?: string[]) => {
    const { asks } = answer();
    const task = { taskArn: 'task/default/t9', lastStatus: 'RUNNING', ...fields };
    return explainLines(
      answer({ task, asks: { ...asks, ...(providers && { capacityProviders: providers }) } }),
    );
  };
  test.each<[Parameters<typeof of>[0], string]>([
    [{ containerInstanceArn: 'x/i1' }, 'The task t9 is RUNNING on i1.'],
    [
      { lastStatus: 'STOPPED', stoppedReason: 'AGENT' },
      'The task t9 is STOPPED (AGENT); it was never placed.',
    ],
    [
      { lastStatus: 'STOPPED', stoppedReason: 'enough', containerInstanceArn: 'x/i1' },
      'The task t9 is STOPPED (enough); it was on i1.',
    ],
    [
      {
        lastStatus: 'STOPPED',
        stoppedReason: 'Essential container in task exited',
        containerInstanceArn: 'x/i1',
        isEndedByHost: true,
      },
      'The task t9 is STOPPED (Essential container in task exited); it was on i1. It did not end by itself: ' +
        'the container engine of its host stopped, or lost its containers.',
    ],
  ])('that is %j', (task, line) => {
    expect(of(task)).toEqual([line, '0 of 12 instances can run another like it (web:1) now.']);
  });

  test('that is on a host that does not answer', () => {
    expect(of({ containerInstanceArn: 'x/i1', isUnreachable: true })[0]).toBe(
      'The task t9 is RUNNING on i1, which does not answer: this is its last known state.',
    );
  });

  test('that died: exit codes, reasons and what was written last come first', () => {
    const containers = [
      { name: 'app', exitCode: 3, lastLogLines: ['no database'] },
      { name: 'side', exitCode: 143 },
    ];
    const lines = of({
      lastStatus: 'STOPPED',
      stoppedReason: 'Essential container in task exited',
      containers,
    });
    expect(lines).toEqual([
      'The task t9 is STOPPED (Essential container in task exited); it was never placed.',
      '    app: exit code 3',
      '    app wrote last:',
      '      no database',
      '    side: exit code 143',
      '',
      '0 of 12 instances can run another like it (web:1) now.',
    ]);
  });

  test('that waits for capacity', () => {
    expect(of({ lastStatus: 'PROVISIONING' }, ['spot'])).toEqual([
      'The task t9 is PROVISIONING: it waits for room on the instances of the capacity provider spot.',
      '0 of 12 instances can run it (web:1) now.',
    ]);
  });
});

/** An instance `i<number>` with 1024 CPU units and 1024 MiB, of which `memory` are taken. */
const host = (number: number, memory = 0, fields: Partial<InstanceUsage> = {}): InstanceUsage =>
  aUsage({
    instance: aContainerInstance({
      id: `i${number}`,
      registeredResources: { ...noResources, cpu: 1024, memory: 1024 },
      attributes: [
        { name: 'ecs.cpu-architecture', value: 'x86_64' },
        { name: 'disk', value: 'hdd' },
      ],
    }),
    taken: { ...noResources, memory },
    ...fields,
  });
const web = (container: Partial<ContainerDefinition>, fields: Partial<TaskDefinition> = {}) =>
  aTaskDefinition({ containerDefinitions: [aContainerDefinition(container)], ...fields });
const holder: BlockingTask = {
  taskArn: 'task/default/t1',
  taskDefinition: 'api:4',
  group: 'service:api',
  cpu: 0,
  memory: 700,
};
const hosts = (count: number, memory?: number) =>
  Array.from({ length: count }, (_, at) => host(at + 1, memory));

/** What ExplainPlacement tells of another task of the definition, as lines. */
function explained(
  definition: TaskDefinition,
  usages: readonly InstanceUsage[],
  {
    constraints = [],
    holders = [],
    capacityProviders,
  }: {
    constraints?: PlacementConstraint[];
    holders?: BlockingTask[];
    capacityProviders?: RequiredProviders;
  } = {},
): readonly string[] {
  const placed = taskRequirements(definition, {
    launchType: 'EC2',
    group: 'family:web',
    overrides: {},
    constraints: compileConstraints(constraints),
    strategies: [],
  });
  const requirements = { ...placed, capacityProviders };
  const { fits, refusals } = explainPlacement(requirements, usages);
  const groups = groupVerdicts(refusals, () => holders);
  const { cpu, memory, gpus } = requirements.resources;
  return explainLines(
    answer({
      asks: {
        ...answer().asks,
        cpu,
        memory,
        gpus,
        ...(capacityProviders && { capacityProviders: capacityProviders.names }),
      },
      now: { instances: usages.length, fitCount: fits.length, fits: [], verdicts: groups.map(presentGroup) },
      suggestions: fits.length > 0 ? [] : suggestionsFor(definition, requirements, groups),
    }),
  );
}

const help = (...lines: readonly string[]): string[] => ['', 'Any one of these would help:', ...lines];

describe('of 500 instances or of one, a few lines', () => {
  test('no instances', () => {
    expect(explained(web({ memory: 512 }), [])).toEqual([
      'The cluster default has no container instances, so nothing can run web:1.',
      ...help('  - Add an instance with 512 MiB free.'),
    ]);
  });

  test('memory is short on all, on each by another amount', () => {
    const usages = Array.from({ length: 500 }, (_, at) => host(at, 700 + (at % 100)));
    expect(explained(web({ memory: 512 }), usages, { holders: [holder] })).toEqual([
      '0 of 500 instances can run web:1 now.',
      '  500 instances: memory - web:1 needs 512 MiB; nearest is i0 with 324 of 1024 MiB free (188 MiB short); held by the task t1 (api:4, 700 MiB).',
      ...help(
        '  - Lower memory of the container app of web:1 from 512 to 324 MiB or less, or give it a memoryReservation of that size: that much is free on i0.',
        '  - Stop or move the task t1 (api:4, service:api) on i0: it holds 700 MiB.',
        '  - Add an instance with 512 MiB free.',
      ),
    ]);
  });

  test('CPU is short even where nothing runs', () => {
    expect(explained(web({ cpu: 4096 }), [host(1)])).toEqual([
      '0 of 1 instance can run web:1 now.',
      '  1 instance: CPU - web:1 needs 4096 units; i1 has 1024 of 1024 free (3072 short, though it is empty).',
      ...help(
        '  - Lower cpu of the container app of web:1 from 4096 to 1024 CPU units or less: that much is free on i1.',
        '  - Add an instance with 4096 CPU units and 128 MiB free.',
      ),
    ]);
  });

  test('the port is taken everywhere', () => {
    const taken = { ...noResources, ports: [8080] };
    const usages = hosts(3).map((load) => ({ ...load, taken }));
    const definition = web({ portMappings: [{ containerPort: 80, hostPort: 8080, protocol: 'tcp' }] });
    expect(explained(definition, usages, { holders: [holder] })).toEqual([
      '0 of 3 instances can run web:1 now.',
      '  3 instances: tcp host port 8080 is taken, e.g. on i1; held by the task t1 (api:4).',
      ...help(
        '  - Use a host port other than tcp 8080, or hostPort 0 to let the agent choose one.',
        '  - Stop or move the task t1 (api:4, service:api) on i1: it holds the host port 8080.',
        '  - Add an instance with 128 MiB free, with the host port tcp 8080 free.',
      ),
    ]);
  });

  test('the CPU architecture is another', () => {
    const requiresAttributes = [{ name: 'ecs.cpu-architecture', value: 'arm64' }];
    expect(explained(web({}, { requiresAttributes }), hosts(2))).toEqual([
      '0 of 2 instances can run web:1 now.',
      '  2 instances: CPU architecture - web:1 needs arm64; e.g. i1 is x86_64.',
      ...help(
        '  - If its images run there too, register web with a runtimePlatform other than ARM64; nothing else prevents placement on i1.',
        '  - Add an instance with 128 MiB free, with the attribute ecs.cpu-architecture=arm64.',
      ),
    ]);
  });

  test('an agent offers less than the definition needs', () => {
    const name = 'com.amazonaws.ecs.capability.logging-driver.splunk';
    expect(explained(web({}, { requiresAttributes: [{ name }] }), [host(1)])).toEqual([
      '0 of 1 instance can run web:1 now.',
      `  1 instance: the attribute ${name} is missing, on i1.`,
      ...help(
        '  - Use a log driver other than splunk, or let the agent offer it (ECS_AVAILABLE_LOGGING_DRIVERS); nothing else prevents placement on i1.',
        '  - Add an instance with 128 MiB free, whose agent offers the log driver splunk (ECS_AVAILABLE_LOGGING_DRIVERS).',
      ),
    ]);
  });

  test('each instance has a task of the group', () => {
    const usages = hosts(3).map((load) => ({ ...load, taskGroups: () => new Map([['family:web', 1]]) }));
    expect(explained(web({}), usages, { constraints: [{ type: 'distinctInstance' }] })).toEqual([
      '0 of 3 instances can run web:1 now.',
      '  3 instances: distinctInstance - a task of the group family:web is there already, e.g. on i1.',
      ...help(
        '  - Remove distinctInstance, or run at most one task of the group family:web on each instance that can run it.',
        '  - Add an instance with 128 MiB free.',
      ),
    ]);
  });

  test('a constraint matches nothing', () => {
    const expression = 'attribute:disk == sdd and attribute:zone exists';
    expect(explained(web({}), hosts(2), { constraints: [{ type: 'memberOf', expression }] })).toEqual([
      '0 of 2 instances can run web:1 now.',
      `  2 instances: no match for the constraint ${expression}, e.g. i1, where attribute:disk is hdd and attribute:zone is not set.`,
      ...help(
        `  - Change the constraint ${expression}, or the attributes of an instance (PutAttributes); nothing else prevents placement on i1.`,
        `  - Add an instance with 128 MiB free, that matches ${expression}.`,
      ),
    ]);
  });

  test('one is DRAINING, one has no agent', () => {
    const draining = host(1);
    const usages = [
      { ...draining, instance: { ...draining.instance, status: 'DRAINING' as const } },
      host(2, 0, { agentConnected: false }),
    ];
    expect(explained(web({}), usages)).toEqual([
      '0 of 2 instances can run web:1 now.',
      '  1 instance: DRAINING, so it gets no new tasks, i1.',
      '  1 instance: the agent is not connected, on i2.',
      ...help(
        '  - Set i1 to ACTIVE again (UpdateContainerInstancesState): nothing else prevents placement there.',
        '  - Start the agent of i2, or find out why it does not connect.',
        '  - Add an instance with 128 MiB free.',
      ),
    ]);
  });

  test('no instance has a GPU', () => {
    const resourceRequirements = [{ type: 'GPU' as const, value: '1' }];
    expect(explained(web({ resourceRequirements }), hosts(2))).toEqual([
      '0 of 2 instances can run web:1 now.',
      '  2 instances: GPUs - web:1 needs 1; e.g. i1 has none.',
      ...help('  - Add an instance with 128 MiB free, with 1 GPU free.'),
    ]);
  });

  test('all are of another capacity provider', () => {
    const capacityProviders = { names: ['spot'], scalingGroups: ['asg'], have: () => false };
    expect(explained(web({}), hosts(2), { capacityProviders })).toEqual([
      '0 of 2 instances can run web:1 now.',
      '  2 instances: not of the capacity provider spot, e.g. i1.',
      ...help(
        '  - Run it with another capacity provider strategy, or without one: nothing but spot prevents placement on i1.',
        '  - Add an instance with 128 MiB free, with the attribute longshore.auto-scaling-group=asg.',
      ),
    ]);
  });
});

test('earlier attempts say who tried, how often, and what they were told', () => {
  const attempt = {
    attemptId: 'a1',
    by: 'service',
    taskDefinitionArn: 'web',
    group: 'service:web',
    wanted: 3,
    placed: 1,
    times: 4,
    at: 0,
    verdicts: [{ filter: 'memberOf', reason: 'Unsatisfied.', count: 2, instances: [] }],
  };
  const bare = { ...attempt, by: 'RunTask', group: 'family:web', times: 1, verdicts: [] };
  expect(explainLines(answer({ attempts: [attempt, bare] })).slice(1)).toEqual([
    '',
    'Earlier attempts that did not place all tasks:',
    '  - 1970-01-01T00:00:00Z service web: placed 1 of 3, 4 times (Unsatisfied on 2)',
    '  - 1970-01-01T00:00:00Z RunTask of family:web: placed 1 of 3',
  ]);
});
