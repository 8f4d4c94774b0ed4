// Health checks and the times that a container is given.
import type { ContainerInput } from './input.ts';
import { between, rule } from './rule.ts';

const maxSeconds = 2_147_483_647;

/** Problems: times, tries or a health check out of bounds. */
export function* timeProblems(container: ContainerInput): Iterable<string> {
  const { healthCheck, startTimeout, stopTimeout } = container;
  yield* between(container, 'startTimeout', startTimeout, 0, maxSeconds);
  yield* between(container, 'stopTimeout', stopTimeout, 0, maxSeconds);
  if (!healthCheck) return;
  // Docker runs no check of another first word, and ECS takes those too: AWS's own samples have them.
  const [kind, ...command] = healthCheck.command ?? [];
  yield* rule(
    kind !== undefined && (command.length > 0 || (kind !== 'CMD' && kind !== 'CMD-SHELL')),
    `Invalid setting for container '${container.name}'. A health check needs a command: CMD or CMD-SHELL, and what to run.`,
  );
  yield* between(container, 'healthCheck.interval', healthCheck.interval, 5, 300);
  yield* between(container, 'healthCheck.timeout', healthCheck.timeout, 2, 60);
  yield* between(container, 'healthCheck.retries', healthCheck.retries, 1, 10);
  yield* between(container, 'healthCheck.startPeriod', healthCheck.startPeriod, 0, 300);
}
