import { metricFilterNotFound } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import { checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { metricFilterKey, metricFilters } from '../../state/group/metric-filters.ts';

export const deleteMetricFilter: LogsOperation<'DeleteMetricFilter'> = ({ store }, input, call) => {
  checkName(input.filterName, 'filterName');
  return store.update((tx) => {
    const { arn } = groupNamed(tx, call, input.logGroupName);
    if (!tx.table(metricFilters).delete(metricFilterKey(arn, input.filterName))) throw metricFilterNotFound();
    return {};
  });
};
