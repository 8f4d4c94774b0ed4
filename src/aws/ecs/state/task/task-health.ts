// How healthy a task is, by the health checks of its containers.
import type { Container } from './task.ts';
import type { HealthStatus } from '../../../../agent-protocol/container-report.ts';

/** ECS's roll-up over the essential containers: any UNHEALTHY, else any UNKNOWN, else HEALTHY. */
export function taskHealth(
  containers: readonly Pick<Container, 'essential' | 'healthStatus'>[],
): HealthStatus {
  const essential = containers.filter((container) => container.essential);
  if (essential.some((container) => container.healthStatus === 'UNHEALTHY')) return 'UNHEALTHY';
  return essential.some((container) => container.healthStatus === 'UNKNOWN') ? 'UNKNOWN' : 'HEALTHY';
}
