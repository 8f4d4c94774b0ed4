import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { MetricFilter } from './metric-filter.ts';

const on = indexOn<MetricFilter>();

/** No name of a group contains a colon. */
export const metricFilterKey = (groupArn: string, name: string): string =>
  `${groupArn}:metric-filter:${name}`;

export const metricFilters = defineTable<MetricFilter>()({
  name: 'metric-filters',
  durable: true,
  key: (filter) => metricFilterKey(filter.groupArn, filter.name),
  indexes: { scope: on('accountId', 'region'), group: on('groupArn') },
  tallies: {},
});
