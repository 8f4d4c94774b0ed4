// Service deployments, keyed so that key order is service, then newest first.
import { isOngoing, type ServiceDeployment } from './service-deployment.ts';
import { newestFirst } from '../../../../../store/newest-first.ts';
import { indexOn } from '../../../../../store/index-on.ts';
import { defineTable } from '../../../../../store/table.ts';
import { renameMembers, type StoredRow } from '../../../../../store/row-migration.ts';

const on = indexOn<ServiceDeployment>();

/** Of `staged`, where there is one, the source has another name. */
const stagedNames = ({ staged, ...rest }: StoredRow): StoredRow =>
  staged === undefined
    ? rest
    : { ...rest, staged: renameMembers({ blueDeploymentId: 'sourceDeploymentId' })(staged as StoredRow) };

export const serviceDeployments = defineTable<ServiceDeployment>()({
  name: 'service-deployments',
  durable: true,
  migrations: [{ shape: 2, migrate: stagedNames }],
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
