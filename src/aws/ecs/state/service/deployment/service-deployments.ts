// Service deployments, keyed so that key order is service, then newest first.
import { isOngoing, type ServiceDeployment } from './service-deployment.ts';
import { newestFirst } from '../../../../../store/newest-first.ts';
import { defineTable } from '../../../../../store/table.ts';

export const serviceDeployments = defineTable<ServiceDeployment>()({
  name: 'service-deployments',
  durable: true,
  key: (deployment) => `${deployment.serviceArn}!${newestFirst(deployment.number)}`,
  indexes: {
    arn: (deployment) => deployment.arn,
    service: (deployment) => deployment.serviceArn,
    /** `<serviceArn>/<status>`; the first that is SUCCESSFUL is what a rollback goes back to. */
    serviceStatus: (deployment) => `${deployment.serviceArn}/${deployment.status}`,
    ongoing: (deployment) => (isOngoing(deployment) ? deployment.serviceArn : undefined),
  },
  tallies: {},
});
