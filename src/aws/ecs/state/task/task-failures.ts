// Failures of tasks, keyed so that key order is service or cluster, then newest first.
import { failureOwner, type TaskFailure } from './task-failure.ts';
import { newestFirst } from '../../../../store/newest-first.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

const on = indexOn<TaskFailure>();

export const taskFailures = defineTable<TaskFailure>()({
  // What data directories call it, from when only services' tasks were on record.
  name: 'deployment-failures',
  durable: true,
  key: (failure) => `${failureOwner(failure)}!${newestFirst(failure.number)}`,
  indexes: {
    /** By the ARN of its service; of a task that no service ran, by that of its cluster. */
    owner: on.each(['ownerArn'], (failure) => [{ ownerArn: failureOwner(failure) }]),
    deployment: on('deploymentId'),
    task: on('taskArn'),
  },
  tallies: {},
});
