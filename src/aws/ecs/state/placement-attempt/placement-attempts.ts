// Placement attempts that left tasks over, keyed so that key order is cluster, then newest first. Of this process only.
import type { PlacementAttempt } from './placement-attempt.ts';
import { newestFirst } from '../../../../store/newest-first.ts';
import { defineTable } from '../../../../store/table.ts';

export const placementAttemptKey = (clusterArn: string, number: number): string =>
  `${clusterArn}!${newestFirst(number)}`;

export const placementAttempts = defineTable<PlacementAttempt>()({
  name: 'placement-attempts',
  durable: false,
  key: (attempt) => placementAttemptKey(attempt.clusterArn, attempt.number),
  indexes: {
    cluster: (attempt) => attempt.clusterArn,
    id: (attempt) => attempt.id,
    /** `<clusterArn>/<taskDefinitionArn>` */
    taskDefinition: (attempt) => `${attempt.clusterArn}/${attempt.taskDefinitionArn}`,
    service: (attempt) => attempt.serviceArn,
  },
  tallies: {},
});
