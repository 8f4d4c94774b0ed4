// PutMetricFilter: makes or replaces a metric filter of a group.
import { brokenConstraint, invalidParameter, limitExceeded } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import { checkedPattern, checkMetricName, checkName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import type { MetricTransformation } from '../../shapes.generated.ts';
import type { FilterPattern } from '../../state/filter-pattern/matched-event.ts';
import { metricFilterKey, metricFilters } from '../../state/group/metric-filters.ts';

const maxFilters = 100;
const maxDimensions = 3;

export const putMetricFilter: LogsOperation<'PutMetricFilter'> = ({ store }, input, call) => {
  checkName(input.filterName, 'filterName');
  const pattern = checkedPattern(input.filterPattern);
  const [transformation, ...others] = input.metricTransformations;
  if (transformation === undefined || others.length > 0)
    throw brokenConstraint(
      'metricTransformations',
      `${input.metricTransformations.length} transformations`,
      'have length equal to 1',
    );
  checkTransformation(transformation, pattern);
  return store.update((tx) => {
    const { arn, name } = groupNamed(tx, call, input.logGroupName);
    const table = tx.table(metricFilters);
    const existing = table.get(metricFilterKey(arn, input.filterName));
    if (existing === undefined && table.count('group', { groupArn: arn }) >= maxFilters)
      throw limitExceeded('Resource limit exceeded.');
    table.put({
      ...existing,
      groupArn: arn,
      groupName: name,
      accountId: call.accountId,
      region: call.region,
      name: input.filterName,
      filterPattern: input.filterPattern,
      metricTransformations: input.metricTransformations,
      createdAt: existing?.createdAt ?? call.now,
      applyOnTransformedLogs: input.applyOnTransformedLogs ?? false,
      fieldSelectionCriteria: input.fieldSelectionCriteria,
      emitSystemFieldDimensions: input.emitSystemFieldDimensions,
    });
    return {};
  });
};

function checkTransformation(transformation: MetricTransformation, { kind }: FilterPattern): void {
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions = {} } = transformation;
  checkMetricName(metricName, 'metricTransformations.1.member.metricName');
  checkMetricName(metricNamespace, 'metricTransformations.1.member.metricNamespace');
  if (metricValue.length > 100)
    throw brokenConstraint(
      'metricTransformations.1.member.metricValue',
      metricValue,
      'have length less than or equal to 100',
    );
  const count = Object.keys(dimensions).length;
  if (count === 0) return;
  if (kind !== 'json' && kind !== 'fields')
    throw invalidParameter('The specified filter pattern does not support dimensions');
  if (count > maxDimensions)
    throw invalidParameter(`A metric filter has no more than ${maxDimensions} dimensions.`);
  if (defaultValue !== undefined)
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
    );
}
