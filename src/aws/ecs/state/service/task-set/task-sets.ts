// Task sets, by ARN; a deleted one is gone once its tasks are.
import type { TaskSet } from './task-set.ts';
import { defineTable } from '../../../../../store/table.ts';

export const taskSets = defineTable<TaskSet>()({
  name: 'task-sets',
  durable: true,
  key: (taskSet) => taskSet.arn,
  indexes: {
    id: (taskSet) => taskSet.id,
    service: (taskSet) => taskSet.serviceArn,
    servicePrimary: (taskSet) => (taskSet.status === 'PRIMARY' ? taskSet.serviceArn : undefined),
    clientToken: (taskSet) =>
      taskSet.clientToken === undefined ? undefined : `${taskSet.serviceArn}/${taskSet.clientToken}`,
    taskDefinition: (taskSet) => taskSet.taskDefinitionArn,
    /** `<clusterArn>/<capacity provider>` */
    capacityProvider: (taskSet) =>
      taskSet.capacityProviderStrategy.map((item) => `${taskSet.clusterArn}/${item.capacityProvider}`),
  },
  tallies: {},
});
