// Every table of CloudWatch Logs.
import { logGroups } from './group/log-groups.ts';
import { metricFilters } from './group/metric-filters.ts';
import { queryDefinitions } from './query/query-definitions.ts';

export const logsTables = [logGroups, metricFilters, queryDefinitions] as const;
