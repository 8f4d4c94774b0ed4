import type { MetricFilter as ApiMetricFilter } from '../shapes.generated.ts';
import type { Presented } from '../../shared/presented.ts';
import type { MetricFilter } from '../state/group/metric-filter.ts';

export const presentMetricFilter = (filter: MetricFilter): Presented<ApiMetricFilter> => ({
  filterName: filter.name,
  filterPattern: filter.filterPattern,
  metricTransformations: [...filter.metricTransformations],
  creationTime: filter.createdAt,
  logGroupName: filter.groupName,
  applyOnTransformedLogs: filter.applyOnTransformedLogs,
  fieldSelectionCriteria: filter.fieldSelectionCriteria,
  emitSystemFieldDimensions: filter.emitSystemFieldDimensions && [...filter.emitSystemFieldDimensions],
});
