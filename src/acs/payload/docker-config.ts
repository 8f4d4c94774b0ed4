// The part of a container definition that goes into Docker's Config.
import type { ContainerDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import { jsonObject } from './json-object.ts';

const nanoseconds = (seconds: number): number => seconds * 1_000_000_000;

type HealthCheck = NonNullable<ContainerDefinition['healthCheck']>;

/** Docker's Healthcheck: durations in ns, ECS's defaults where the definition says nothing. */
const healthcheck = (check: HealthCheck): object => ({
  Test: check.command,
  Interval: nanoseconds(check.interval ?? 30),
  Timeout: nanoseconds(check.timeout ?? 5),
  Retries: check.retries ?? 3,
  StartPeriod: check.startPeriod === undefined ? undefined : nanoseconds(check.startPeriod),
});

const hasLabels = (labels: ContainerDefinition['dockerLabels']): boolean =>
  Object.keys(labels ?? {}).length > 0;

/** The JSON text of `dockerConfig.config`, or undefined when the definition asks for nothing of it. */
export const dockerConfig = (definition: ContainerDefinition): string | undefined =>
  jsonObject({
    User: definition.user,
    WorkingDir: definition.workingDirectory,
    Hostname: definition.hostname,
    Labels: hasLabels(definition.dockerLabels) ? definition.dockerLabels : undefined,
    Healthcheck: definition.healthCheck && healthcheck(definition.healthCheck),
    Tty: definition.pseudoTerminal,
    OpenStdin: definition.interactive,
    NetworkDisabled: definition.disableNetworking,
  });
