import { expect, test } from 'vitest';
import type { ShownGroup, ShownVerdict } from '../../longshore/contract.ts';
import { groupLine } from './verdict-text.ts';

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

test.each<[string, ShownGroup]>([
  [
    '8 instances: memory - web:3 needs 2048 MiB; nearest is i-1 with 1512 of 3900 MiB free (536 MiB short); held by the task t1 (api:4, 1200 MiB).',
    group('memory', { asked: 2048, available: 1512, of: 3900, missing: 536, holders: [holder] }),
  ],
  [
    '1 instance: memory - web:3 needs 2048 MiB; i-1 has 1000 of 2000 MiB free (1048 MiB short, 48 MiB even when it is empty). Also there: another detail.',
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
    '8 instances: CPU - web:3 needs 100 units; nearest is i-1 with 60 of 200 free (40 short); held by the tasks t1 (api:4, 50 units), t1 (api:4, 50 units).',
    group('cpu', { asked: 100, available: 60, of: 200, missing: 40, holders: [holder, holder] }),
  ],
  [
    '8 instances: GPUs - web:3 needs 2; nearest is i-1 with 1 of 4 free (1 short); held by the tasks t1 (api:4, 1 GPU), t1 (api:4, 2 GPUs).',
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
    '8 instances: the attribute disk=ssd is missing, e.g. on i-1, which has disk=hdd.',
    group('attributes', { attribute: 'disk=ssd', found: 'hdd' }),
  ],
  [
    '8 instances: the attribute disk=ssd is missing, e.g. on i-1, which has no value.',
    group('attributes', { attribute: 'disk=ssd', found: '' }),
  ],
  [
    '8 instances: CPU architecture - web:3 needs arm64; e.g. i-1 is x86_64.',
    group('attributes', { attribute: 'ecs.cpu-architecture=arm64', found: 'x86_64' }),
  ],
  [
    '1 instance: operating system - web:3 needs windows; i-1 is linux.',
    group('attributes', { attribute: 'ecs.os-type=windows', found: 'linux' }, 1),
  ],
  [
    '8 instances: no match for the constraint attribute:a == b, e.g. i-1.',
    group('memberOf', { expression: 'attribute:a == b' }),
  ],
  [
    '1 instance: no match for the constraint Q, i-1, where attribute:a is c and attribute:b is not set and attribute:d is empty.',
    group(
      'memberOf',
      {
        expression: 'Q',
        facts: [
          { subject: 'attribute:a', value: 'c' },
          { subject: 'attribute:b' },
          { subject: 'attribute:d', value: '' },
        ],
      },
      1,
    ),
  ],
  [
    '8 instances: not of the capacity providers p, q, e.g. i-1.',
    group('capacityProvider', { providers: ['p', 'q'] }),
  ],
  [
    '8 instances: GPUs - web:3 needs 2; e.g. i-1 has none.',
    group('gpus', { asked: 2, available: 0, of: 0, missing: 2 }),
  ],
  [
    '1 instance: memory - web:3 needs 2048 MiB; i-1 has 900 of 900 MiB free (1148 MiB short, though it is empty).',
    group('memory', { asked: 2048, available: 900, of: 900, missing: 1148, holders: [] }, 1),
  ],
  [
    '8 instances: distinctInstance - a task of the group family:web is there already, e.g. on i-1.',
    group('distinctInstance', { group: 'family:web' }),
  ],
  ['8 instances: the agent is not connected, e.g. on i-1.', group('agentConnected', {})],
  ['8 instances: DRAINING, so it gets no new tasks, e.g. i-1.', group('status', {})],
  ['8 instances: the detail, e.g. on i-1.', group('something of a later server', {})],
  ['8 instances: R', { filter: 'cpu', reason: 'R', count: 8, instances: [] }],
])('%s', (line, verdict) => {
  expect(groupLine(verdict, { taskDefinition: 'web:3' })).toBe(line);
});
