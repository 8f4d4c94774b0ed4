// How minimumHealthyPercent and maximumPercent are rounded.
import type { DeploymentConfiguration } from '../../state/service/deployment-configuration.ts';

/** How many tasks must stay healthy, and how many may be RUNNING or PENDING, all deployments together. */
export const taskBounds = (
  configuration: Pick<DeploymentConfiguration, 'minimumHealthyPercent' | 'maximumPercent'>,
  desiredCount: number,
): { readonly minimum: number; readonly maximum: number } => ({
  minimum: Math.ceil((desiredCount * configuration.minimumHealthyPercent) / 100),
  maximum: Math.floor((desiredCount * configuration.maximumPercent) / 100),
});
