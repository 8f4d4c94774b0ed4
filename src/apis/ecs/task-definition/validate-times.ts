// Health checks and the times that a container is given.
import type { GivenContainer } from './given.ts';
import { between, rule } from './rule.ts';

const longest = 2_147_483_647;

/** Throws ClientException for times, tries or a health check out of bounds. */
export function validateTimes(container: GivenContainer): void {
  const { healthCheck, startTimeout, stopTimeout } = container;
  between(container, 'startTimeout', startTimeout, 0, longest);
  between(container, 'stopTimeout', stopTimeout, 0, longest);
  if (!healthCheck) return;
  // Docker runs no check of another first word, and ECS takes those too: AWS's own samples have them.
  const [kind, ...command] = healthCheck.command ?? [];
  rule(
    kind !== undefined && (command.length > 0 || (kind !== 'CMD' && kind !== 'CMD-SHELL')),
    `Invalid setting for container '${container.name}'. A health check needs a command: CMD or CMD-SHELL, and what to run.`,
  );
  between(container, 'healthCheck.interval', healthCheck.interval, 5, 300);
  between(container, 'healthCheck.timeout', healthCheck.timeout, 2, 60);
  between(container, 'healthCheck.retries', healthCheck.retries, 1, 10);
  between(container, 'healthCheck.startPeriod', healthCheck.startPeriod, 0, 300);
}
