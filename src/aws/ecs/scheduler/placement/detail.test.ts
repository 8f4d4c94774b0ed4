import { expect, test } from 'vitest';
import type { Rejection } from '../../state/placement-attempt/rejection.ts';
import { detailOf } from './detail.ts';

const amounts = { asked: 512, available: 200, of: 1024 };
const port = { reason: 'RESOURCE:PORTS', port: 8080 } as const;
const distinct = {
  filter: 'distinctInstance',
  reason: 'DistinctInstance placement constraint unsatisfied.',
  group: 'family:web',
} as const;

test.each<[string, Rejection]>([
  ['needs 512 CPU units, 200 of 1024 are free', { filter: 'cpu', reason: 'RESOURCE:CPU', ...amounts }],
  [
    'needs 512 MiB, 200 MiB of 1024 MiB are free',
    { filter: 'memory', reason: 'RESOURCE:MEMORY', ...amounts },
  ],
  [
    'needs 2 GPUs, 1 of 4 are free',
    { filter: 'gpus', reason: 'RESOURCE:GPU', asked: 2, available: 1, of: 4 },
  ],
  ['needs 1 GPU, 0 of 0 are free', { filter: 'gpus', reason: 'RESOURCE:GPU', asked: 1, available: 0, of: 0 }],
  [
    'tcp host port 8080 is taken by another task',
    { filter: 'ports', protocol: 'tcp', reserved: false, ...port },
  ],
  [
    'udp host port 8080 is reserved on the instance',
    { filter: 'portsUdp', protocol: 'udp', reserved: true, ...port },
  ],
  ['the instance lacks the attribute gpu', { filter: 'attributes', reason: 'ATTRIBUTE', attribute: 'gpu' }],
  [
    'the instance lacks the attribute zone=a',
    { filter: 'attributes', reason: 'ATTRIBUTE', attribute: 'zone=a' },
  ],
  [
    'the instance does not match attribute:a == b',
    {
      filter: 'memberOf',
      reason: 'MemberOf placement constraint unsatisfied.',
      expression: 'attribute:a == b',
    },
  ],
  ['the instance already has 1 task of the group family:web', { ...distinct, held: 1 }],
  ['the instance already has 2 tasks of the group family:web', { ...distinct, held: 2 }],
  ['the agent of the instance is not connected', { filter: 'agentConnected', reason: 'AGENT' }],
  ['the instance is DRAINING and takes no new tasks', { filter: 'status', reason: 'DRAINING' }],
])('%s', (sentence, rejection) => {
  expect(detailOf(rejection)).toBe(sentence);
});
