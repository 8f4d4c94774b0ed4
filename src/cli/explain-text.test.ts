import { describe, expect, it, test } from 'vitest';
import type { ExplainPlacementOutput, ShownGroup, ShownVerdict } from '../apis/longshore/contract.ts';
import { explainLines } from './explain-text.ts';

const told = (fields: Partial<ExplainPlacementOutput> = {}): ExplainPlacementOutput => ({
  clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
  taskDefinitionArn: 'web',
  taskDefinition: 'web:3',
  group: 'family:web',
  asks: {
    cpu: 100,
    memory: 2048,
    ports: [],
    portsUdp: [],
    gpus: 2,
    requiresAttributes: [],
    constraints: [],
  },
  now: { instances: 12, fitCount: 0, fits: [], verdicts: [] },
  suggestions: [],
  attempts: [],
  ...fields,
});
const group = (filter: string, nearest: Partial<ShownVerdict>, count = 8): ShownGroup => ({
  filter,
  reason: 'R',
  count,
  instances: [
    {
      containerInstanceArn: 'container-instance/default/1',
      ec2InstanceId: 'i-1',
      filter,
      reason: 'R',
      detail: 'the detail',
      further: [],
      holders: [],
      ...nearest,
    },
  ],
});
const holder = {
  taskArn: 'task/default/t1',
  taskDefinition: 'api:4',
  group: 'service:api',
  cpu: 50,
  memory: 1200,
};

describe('the headline', () => {
  it('counts the instances that can take it', () => {
    expect(explainLines(told())).toEqual(['0 of 12 instances can take web:3 now.']);
  });

  it('says it of a service, and of a cluster without instances', () => {
    const now = { instances: 1, fitCount: 1, fits: [], verdicts: [] };
    expect(explainLines(told({ serviceArn: 's', group: 'service:web', now }))).toEqual([
      '1 of 1 instance can take web:3 of service:web now.',
    ]);
    expect(explainLines(told({ now: { ...now, instances: 0, fitCount: 0 } }))).toEqual([
      'The cluster default has no container instances, so nothing can take web:3.',
    ]);
  });

  it('says of a task where it is and why it stopped', () => {
    const task = { taskArn: 'task/default/t9', lastStatus: 'STOPPED', stoppedReason: 'RESOURCE:MEMORY' };
    expect(explainLines(told({ task }))[1]).toBe(
      'The task t9 is STOPPED (RESOURCE:MEMORY) and has no instance; the numbers are for another like it.',
    );
  });
});

test.each<[string, ShownGroup]>([
  [
    '8 instances: memory - web:3 asks 2048 MiB; nearest is i-1 with 1512 of 3900 MiB free (536 MiB short); held by the task t1 (api:4, 1200 MiB).',
    group('memory', { asked: 2048, available: 1512, of: 3900, missing: 536, holders: [holder] }),
  ],
  [
    '1 instance: memory - web:3 asks 2048 MiB; nearest is i-1 with 1000 of 2000 MiB free (1048 MiB short, 48 MiB even when it is empty). There, too: another detail.',
    group(
      'memory',
      {
        asked: 2048,
        available: 1000,
        of: 2000,
        missing: 1048,
        further: [{ filter: 'x', reason: 'x', detail: 'another detail' }],
      },
      1,
    ),
  ],
  [
    '8 instances: CPU - web:3 asks 100 units; nearest is i-1 with 60 of 200 free (40 short); held by the tasks t1 (api:4, 50 units), t1 (api:4, 50 units).',
    group('cpu', { asked: 100, available: 60, of: 200, missing: 40, holders: [holder, holder] }),
  ],
  [
    '8 instances: GPUs - web:3 asks 2; nearest is i-1 with 1 of 4 free (1 short); held by the tasks t1 (api:4, 1 GPU), t1 (api:4, 2 GPUs).',
    group('gpus', {
      asked: 2,
      available: 1,
      of: 4,
      missing: 1,
      holders: [
        { ...holder, gpus: 1 },
        { ...holder, gpus: 2 },
      ],
    }),
  ],
  [
    '8 instances: tcp host port 80 is taken, e.g. on i-1; held by the task t1 (api:4).',
    group('ports', { port: 80, protocol: 'tcp', reserved: false, holders: [holder] }),
  ],
  [
    '8 instances: udp host port 53 is reserved by the instance itself, e.g. on i-1.',
    group('portsUdp', { port: 53, protocol: 'udp', reserved: true }),
  ],
  ['8 instances: the attribute gpu is missing, e.g. on i-1.', group('attributes', { attribute: 'gpu' })],
  [
    '8 instances: no match for the constraint attribute:a == b, e.g. i-1.',
    group('memberOf', { expression: 'attribute:a == b' }),
  ],
  [
    '8 instances: distinctInstance - already with a task of the group family:web, e.g. i-1.',
    group('distinctInstance', { group: 'family:web' }),
  ],
  ['8 instances: the agent is not connected, e.g. on i-1.', group('agentConnected', {})],
  ['8 instances: DRAINING, so without new tasks, e.g. i-1.', group('status', {})],
  ['8 instances: the detail, e.g. on i-1.', group('something of a later server', {})],
  ['8 instances: R', { filter: 'cpu', reason: 'R', count: 8, instances: [] }],
])('%s', (line, verdict) => {
  const now = { instances: 12, fitCount: 0, fits: [], verdicts: [verdict] };
  expect(explainLines(told({ now }))[1]).toBe(`  ${line}`);
});

test('suggestions and earlier attempts follow', () => {
  const attempt = {
    attemptId: 'a1',
    by: 'service',
    taskDefinitionArn: 'web',
    group: 'service:web',
    wanted: 3,
    placed: 1,
    times: 4,
    at: 0,
    verdicts: [group('memory', {}, 2)],
  };
  const lines = explainLines(told({ suggestions: [{ kind: 'add', text: 'Add one.' }], attempts: [attempt] }));
  expect(lines.slice(1)).toEqual([
    '',
    'What would help, one of:',
    '  - Add one.',
    '',
    'Earlier attempts that left tasks over:',
    '  - 1970-01-01T00:00:00Z service: placed 1 of 3, 4 times (2 x R); attempt a1',
  ]);
});
