// Service deployments, keyed so that key order is service, then newest first.
import { isOngoing, type ServiceDeployment } from './service-deployment.ts';
import { newestFirst } from '../../../../../store/newest-first.ts';
import { indexOn } from '../../../../../store/index-on.ts';
import { defineTable } from '../../../../../store/table.ts';

const on = indexOn<ServiceDeployment>();

export const serviceDeployments = defineTable<ServiceDeployment>()({
  name: 'service-deployments',
  durable: true,
  key: (deployment) => `${deployment.serviceArn}!${newestFirst(deployment.number)}`,
  indexes: {
    arn: on('arn'),
    service: on('serviceArn'),
    /** The first that is SUCCESSFUL is what a rollback goes back to. */
    serviceStatus: on('serviceArn', 'status'),
    ongoing: on('serviceArn').where(isOngoing),
  },
  tallies: {},
});
