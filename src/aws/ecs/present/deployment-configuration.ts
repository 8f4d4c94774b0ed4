import type * as ecs from '../shapes.generated.ts';
import type { DeploymentConfiguration } from '../state/service/deployment-configuration.ts';

/** Lifecycle hooks and the parameters of a strategy only where there are any. */
export const presentDeploymentConfiguration = (
  configuration: DeploymentConfiguration,
): ecs.DeploymentConfiguration => {
  const { lifecycleHooks, ...rest } = configuration;
  return { ...rest, ...(lifecycleHooks.length > 0 ? { lifecycleHooks } : {}) };
};
