// Task sets, by ARN; a deleted one is gone once its tasks are.
import type { TaskSet } from './task-set.ts';
import { indexOn } from '../../../../../store/index-on.ts';
import { defineTable } from '../../../../../store/table.ts';
import { gatherMembers, renameMembers } from '../../../../../store/row-migration.ts';

const on = indexOn<TaskSet>();

export const taskSets = defineTable<TaskSet>()({
  name: 'task-sets',
  durable: true,
  migrations: [
    {
      shape: 2,
      migrate: renameMembers({ quickExits: 'crashLoopExits', quickExitAt: 'lastCrashLoopExitAt' }),
    },
    {
      shape: 3,
      migrate: gatherMembers('scheduling', {
        failedTasks: 'failedTasks',
        lastFailureAt: 'lastFailureAt',
        crashLoopExits: 'crashLoopExits',
        lastCrashLoopExitAt: 'lastCrashLoopExitAt',
      }),
    },
  ],
  key: (taskSet) => taskSet.arn,
  indexes: {
    id: on('id'),
    service: on('serviceArn'),
    servicePrimary: on('serviceArn').where(({ status }) => status === 'PRIMARY'),
    clientToken: on('serviceArn', 'clientToken'),
    taskDefinition: on('taskDefinitionArn'),
    capacityProvider: on.each(
      ['clusterArn', 'capacityProvider'],
      ({ clusterArn, capacityProviderStrategy }) =>
        capacityProviderStrategy.map(({ capacityProvider }) => ({ clusterArn, capacityProvider })),
    ),
  },
  tallies: {},
});
