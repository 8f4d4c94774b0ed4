// Deployments, keyed so that key order is service, then newest first.
import type { Deployment } from './deployment.ts';
import { newestFirst } from '../../../../../store/newest-first.ts';
import { defineTable } from '../../../../../store/table.ts';

export const deployments = defineTable<Deployment>()({
  name: 'deployments',
  durable: true,
  key: (deployment) => `${deployment.serviceArn}!${newestFirst(deployment.number)}`,
  indexes: {
    id: (deployment) => deployment.id,
    service: (deployment) => deployment.serviceArn,
    primary: (deployment) => (deployment.status === 'PRIMARY' ? deployment.serviceArn : undefined),
    /** PRIMARY and ACTIVE, as DescribeServices lists them: by service, by revision, by task definition. */
    listed: (deployment) => (deployment.status === 'INACTIVE' ? undefined : deployment.serviceArn),
    listedRevision: (deployment) => (deployment.status === 'INACTIVE' ? undefined : deployment.revisionArn),
    listedTaskDefinition: (deployment) =>
      deployment.status === 'INACTIVE' ? undefined : deployment.taskDefinitionArn,
  },
  tallies: {},
});
