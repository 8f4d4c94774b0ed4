import { describe, expect, it } from 'vitest';
import { aContainer, aTask } from '../../../../../test-support/builders/a-task.ts';
import { serviceTaskHealth } from './service-task-health.ts';
import type { Task } from '../../state/task/task.ts';
import type { HealthStatus } from '../../../../agent-protocol/container-report.ts';

const checked = { containerDefinitions: [{ name: 'app', healthCheck: { command: ['CMD', 'true'] } }] };
const unchecked = { containerDefinitions: [{ name: 'app' }] };
const service = { healthCheckGracePeriodSeconds: 10 };
const running = (healthStatus: HealthStatus): Task =>
  aTask({ lastStatus: 'RUNNING', startedAt: 1_000, containers: [aContainer({ healthStatus })] });
const health = (task: Task, definition: Parameters<typeof serviceTaskHealth>[1], now: number) =>
  serviceTaskHealth(task, definition, service, 5_000, now);

describe('serviceTaskHealth', () => {
  it('counts a task without checks once it has run for long enough', () => {
    expect(health(running('UNKNOWN'), unchecked, 5_999)).toMatchObject({
      isHealthy: false,
      changesAt: 6_000,
    });
    expect(health(running('UNKNOWN'), unchecked, 6_000)).toMatchObject({
      isHealthy: true,
      isUnhealthy: false,
    });
  });

  it('goes by the checks where there are any', () => {
    expect(health(running('UNKNOWN'), checked, 60_000)).toMatchObject({
      isHealthy: false,
      isUnhealthy: false,
    });
    expect(health(running('HEALTHY'), checked, 1_000)).toMatchObject({ isHealthy: true, isUnhealthy: false });
  });

  it('calls a task unhealthy only after the grace period', () => {
    expect(health(running('UNHEALTHY'), checked, 10_999)).toMatchObject({
      isUnhealthy: false,
      changesAt: 11_000,
    });
    expect(health(running('UNHEALTHY'), checked, 11_000)).toMatchObject({ isUnhealthy: true });
  });

  it('says neither of a task that does not run', () => {
    expect(health({ ...running('HEALTHY'), lastStatus: 'STOPPING' }, checked, 99_000)).toEqual({
      isHealthy: false,
      isUnhealthy: false,
    });
  });
});
