// Deployments, keyed so that key order is service, then newest first.
import type { Deployment } from './deployment.ts';
import { newestFirst } from '../../../../../store/newest-first.ts';
import { indexOn } from '../../../../../store/index-on.ts';
import { defineTable } from '../../../../../store/table.ts';
import { gatherMembers, renameMembers, type StoredRow } from '../../../../../store/row-migration.ts';

const on = indexOn<Deployment>();

const isListed = ({ status }: Deployment): boolean => status !== 'INACTIVE';

const rename = renameMembers({ quickExits: 'crashLoopExits', quickExitAt: 'lastCrashLoopExitAt' });

/** A member of `zoneBalance` has another name too, where there is one. */
const deploymentNames = (row: StoredRow): StoredRow => {
  const { zoneBalance, ...rest } = rename(row);
  return zoneBalance === undefined
    ? rest
    : { ...rest, zoneBalance: renameMembers({ extra: 'surge' })(zoneBalance as StoredRow) };
};

export const deployments = defineTable<Deployment>()({
  name: 'deployments',
  durable: true,
  migrations: [
    { shape: 2, migrate: deploymentNames },
    {
      shape: 3,
      migrate: gatherMembers('scheduling', {
        startFailures: 'startFailures',
        unhealthyTasks: 'unhealthyTasks',
        earlyExits: 'earlyExits',
        lastFailureAt: 'lastFailureAt',
        zoneBalance: 'zoneBalance',
        crashLoopExits: 'crashLoopExits',
        lastCrashLoopExitAt: 'lastCrashLoopExitAt',
        hasServed: 'hasServed',
      }),
    },
  ],
  key: (deployment) => `${deployment.serviceArn}!${newestFirst(deployment.number)}`,
  indexes: {
    id: on('id'),
    service: on('serviceArn'),
    primary: on('serviceArn').where(({ status }) => status === 'PRIMARY'),
    /** PRIMARY and ACTIVE, as DescribeServices lists them: by service, by revision, by task definition. */
    listed: on('serviceArn').where(isListed),
    listedRevision: on('revisionArn').where(isListed),
    listedTaskDefinition: on('taskDefinitionArn').where(isListed),
  },
  tallies: {},
});
