// How healthy a task is, by the health checks of its containers.
import type { Container } from './task.ts';
import type { HealthStatus } from '../../../../agent-protocol/container-report.ts';

/** ECS's roll-up over the essential containers: any UNHEALTHY, else any UNKNOWN, else HEALTHY. */
export function taskHealth(
  containers: readonly Pick<Container, 'essential' | 'healthStatus'>[],
): HealthStatus {
  const isAny = (status: HealthStatus): boolean =>
    containers.some(({ essential, healthStatus }) => essential && healthStatus === status);
  if (isAny('UNHEALTHY')) return 'UNHEALTHY';
  return isAny('UNKNOWN') ? 'UNKNOWN' : 'HEALTHY';
}
