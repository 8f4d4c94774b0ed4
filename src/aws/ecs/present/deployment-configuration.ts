// A deployment configuration as services and service deployments show it.
import type * as ecs from '@aws-sdk/client-ecs';
import type { DeploymentConfiguration } from '../state/service/deployment-configuration.ts';
import type { Input } from '../ecs.ts';

/** Lifecycle hooks and the parameters of a strategy only where there are any. */
export const presentDeploymentConfiguration = (
  configuration: DeploymentConfiguration,
): Input<ecs.DeploymentConfiguration> => {
  const { lifecycleHooks, ...rest } = configuration;
  return { ...rest, ...(lifecycleHooks.length > 0 ? { lifecycleHooks } : {}) };
};
