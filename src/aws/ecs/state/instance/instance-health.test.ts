import { expect, test } from 'vitest';
import { overallHealth, type InstanceHealthState } from './instance-health.ts';

test.each<[InstanceHealthState[], InstanceHealthState]>([
  [[], 'INSUFFICIENT_DATA'],
  [['OK'], 'OK'],
  [['OK', 'INITIALIZING'], 'INITIALIZING'],
  [['INITIALIZING', 'INSUFFICIENT_DATA', 'OK'], 'INSUFFICIENT_DATA'],
  [['OK', 'INSUFFICIENT_DATA', 'IMPAIRED'], 'IMPAIRED'],
])('of %j the whole is %s', (states, overall) => {
  const checks = states.map((status) => ({
    type: 'CONTAINER_RUNTIME' as const,
    status,
    lastUpdated: 0,
    lastStatusChange: 0,
  }));
  expect(overallHealth(checks)).toBe(overall);
});
