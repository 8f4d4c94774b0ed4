// Health checks: only those of the task definition count.
import { withConfig, type Hook } from './hook.ts';

/** An image's own HEALTHCHECK is switched off: ECS takes no notice of it. */
export const healthCheckHook: Hook = (draft, { container }) =>
  container.healthCheckType === 'docker' ? draft : withConfig(draft, { Healthcheck: { Test: ['NONE'] } });
