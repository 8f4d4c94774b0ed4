// Failures of deployments, keyed so that key order is service, then newest first.
import type { DeploymentFailure } from '../../model/deployment-failure.ts';
import { newestFirst } from '../newest-first.ts';
import { defineTable } from '../table.ts';

export const deploymentFailures = defineTable<DeploymentFailure>()({
  name: 'deployment-failures',
  durable: true,
  key: (failure) => `${failure.serviceArn}!${newestFirst(failure.number)}`,
  indexes: {
    service: (failure) => failure.serviceArn,
    deployment: (failure) => failure.deploymentId,
    task: (failure) => failure.taskArn,
  },
  tallies: {},
});
