// DescribeMetricFilters: those of a group, or of a metric.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { invalidParameter } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import { checkedLimit, checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { presentMetricFilter } from '../../present/metric-filter.ts';
import type { DescribeMetricFiltersRequest } from '../../shapes.generated.ts';
import type { MetricFilter } from '../../state/group/metric-filter.ts';
import { metricFilters } from '../../state/group/metric-filters.ts';

const maxPage = 50;

export const describeMetricFilters: LogsOperation<'DescribeMetricFilters'> = ({ store }, input, call) => {
  const { metricName, metricNamespace, filterNamePrefix } = input;
  if ((metricName === undefined) !== (metricNamespace === undefined))
    throw invalidParameter('Specify metricName and metricNamespace together.');
  if (filterNamePrefix !== undefined) checkName(filterNamePrefix, 'filterNamePrefix');
  const size = checkedLimit(input.limit, maxPage);
  const after = afterToken('metric-filters', input.nextToken);
  return store.view((tx) => {
    const rows = filtersOf(tx, input, call, after).filter((filter) => isAsked(filter, input));
    const page = pageOf('metric-filters', rows, size, metricFilters.key, presentMetricFilter);
    return { metricFilters: page.items, nextToken: page.nextToken };
  });
};

function filtersOf(
  tx: ReadTransaction,
  { logGroupName }: DescribeMetricFiltersRequest,
  call: Call,
  after: string | undefined,
): IteratorObject<MetricFilter> {
  const table = tx.table(metricFilters);
  if (logGroupName === undefined) return Iterator.from(table.by('scope', call, after));
  return Iterator.from(table.by('group', { groupArn: groupNamed(tx, call, logGroupName).arn }, after));
}

const isAsked = (
  { name, metricTransformations }: MetricFilter,
  { filterNamePrefix = '', metricName, metricNamespace }: DescribeMetricFiltersRequest,
): boolean =>
  name.startsWith(filterNamePrefix) &&
  (metricName === undefined ||
    metricTransformations.some(
      (one) => one.metricName === metricName && one.metricNamespace === metricNamespace,
    ));
