import { expect, test } from 'vitest';
import { readInstanceStatus } from './instance-status-report.ts';

const now = 1_000_000;
const read = (...statuses: unknown[]) => readInstanceStatus({ statuses }, now);

test.each([
  ['ContainerRuntime', 'CONTAINER_RUNTIME'],
  ['AcceleratedCompute', 'ACCELERATED_COMPUTE'],
  ['AgentConnectivity', 'AGENT_CONNECTIVITY'],
  ['Daemon', 'DAEMON'],
  ['CONTAINER_RUNTIME', 'CONTAINER_RUNTIME'],
])('%s is %s', (type, expected) => {
  expect(read({ type, status: 'OK', lastUpdated: 2.5, lastStatusChange: 1 })).toEqual([
    { type: expected, status: 'OK', lastUpdated: 2500, lastStatusChange: 1000 },
  ]);
});

test('keeps the reason, and the time of arrival for a time that is none', () => {
  const input = { type: 'Daemon', status: 'IMPAIRED', statusReason: 'gone', lastUpdated: 'soon' };
  expect(read({ ...input, lastStatusChange: 1e300 })).toEqual([
    { type: 'DAEMON', status: 'IMPAIRED', statusReason: 'gone', lastUpdated: now, lastStatusChange: now },
  ]);
});

test('the last word on a type counts, and types come sorted', () => {
  const checks = read(
    { type: 'Daemon', status: 'OK' },
    { type: 'ContainerRuntime', status: 'INITIALIZING' },
    { type: 'ContainerRuntime', status: 'OK' },
  );
  expect(checks.map(({ type, status }) => [type, status])).toEqual([
    ['CONTAINER_RUNTIME', 'OK'],
    ['DAEMON', 'OK'],
  ]);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['no list', { statuses: 'OK' }],
  ['entries that are none', { statuses: [null, 3, [], { type: 4, status: 'OK' }] }],
  ['an unknown type', { statuses: [{ type: 'toString', status: 'OK' }] }],
  ['an unknown state', { statuses: [{ type: 'Daemon', status: 'GREAT' }] }],
])('reads no check out of %s', (_, message) => {
  expect(readInstanceStatus(message, now)).toEqual([]);
});
