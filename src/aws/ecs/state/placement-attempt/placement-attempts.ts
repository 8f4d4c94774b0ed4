// Placement attempts that left tasks over, keyed so that key order is cluster, then newest first. Of this process only.
import type { PlacementAttempt } from './placement-attempt.ts';
import { newestFirst } from '../../../../store/newest-first.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

export const placementAttemptKey = (clusterArn: string, number: number): string =>
  `${clusterArn}!${newestFirst(number)}`;

const on = indexOn<PlacementAttempt>();

export const placementAttempts = defineTable<PlacementAttempt>()({
  name: 'placement-attempts',
  durable: false,
  key: (attempt) => placementAttemptKey(attempt.clusterArn, attempt.number),
  indexes: {
    cluster: on('clusterArn'),
    id: on('id'),
    taskDefinition: on('clusterArn', 'taskDefinitionArn'),
    service: on('serviceArn'),
  },
  tallies: {},
});
