import { expect, test } from 'vitest';
import { taskHealth } from './task-health.ts';

const essential = (healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN') => ({ essential: true, healthStatus });
const other = (healthStatus: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN') => ({ essential: false, healthStatus });

test.each([
  [[essential('HEALTHY')], 'HEALTHY'],
  [[essential('HEALTHY'), essential('UNKNOWN')], 'UNKNOWN'],
  [[essential('UNKNOWN'), essential('UNHEALTHY')], 'UNHEALTHY'],
  [[essential('HEALTHY'), other('UNHEALTHY')], 'HEALTHY'],
] as const)('%j is %s', (containers, health) => {
  expect(taskHealth(containers)).toBe(health);
});
