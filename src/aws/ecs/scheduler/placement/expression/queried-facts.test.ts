import { expect, test } from 'vitest';
import { queriedFacts } from './queried-facts.ts';

const facts = {
  attributes: [{ name: 'disk', value: 'hdd' }, { name: 'marked' }],
  agentConnected: true,
  agentVersion: '1.90.0',
  registeredAt: 0,
  runningTasksCount: 2,
  taskGroups: ['family:web', 'service:api'],
};

test.each<[string, readonly [string, string | undefined][]]>([
  ['attribute:disk == ssd', [['attribute:disk', 'hdd']]],
  ['attribute:marked == x', [['attribute:marked', '']]],
  [
    'not (attribute:zone exists or attribute:disk =~ h.*)',
    [
      ['attribute:zone', undefined],
      ['attribute:disk', 'hdd'],
    ],
  ],
  ['attribute:disk == a or attribute:disk == b', [['attribute:disk', 'hdd']]],
  [
    'agentConnected == false && agentVersion > 2',
    [
      ['agentConnected', 'true'],
      ['agentVersion', '1.90.0'],
    ],
  ],
  ['ec2InstanceId == i-1', [['ec2InstanceId', undefined]]],
  ['registeredAt > 2018-06-18', [['registeredAt', '1970-01-01T00:00:00.000Z']]],
  ['runningTasksCount == 0', [['runningTasksCount', '2']]],
  ['task:group == x', [['task:group', 'family:web, service:api']]],
])('%s', (query, expected) => {
  expect(queriedFacts(query)(facts)).toEqual(expected.map(([subject, value]) => ({ subject, value })));
  expect(queriedFacts('task:group == x')({ ...facts, taskGroups: [] })).toEqual([
    { subject: 'task:group', value: undefined },
  ]);
});
