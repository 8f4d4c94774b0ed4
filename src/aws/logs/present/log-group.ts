import type { ReadTransaction } from '../../../store/store.ts';
import type { LogGroup as ApiLogGroup } from '../shapes.generated.ts';
import type { Presented } from '../../shared/presented.ts';
import type { LogGroup } from '../state/group/log-group.ts';
import { metricFilters } from '../state/group/metric-filters.ts';

export const presentLogGroup = (tx: ReadTransaction, group: LogGroup): Presented<ApiLogGroup> => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  retentionInDays: group.retentionInDays,
  metricFilterCount: tx.table(metricFilters).count('group', { groupArn: group.arn }),
  arn: `${group.arn}:*`,
  logGroupArn: group.arn,
  // Of its events, in bulk: DescribeLogGroups adds it.
  storedBytes: undefined,
  kmsKeyId: group.kmsKeyId,
  dataProtectionStatus: undefined,
  inheritedProperties: undefined,
  logGroupClass: group.logGroupClass,
  deletionProtectionEnabled: group.deletionProtectionEnabled,
  bearerTokenAuthenticationEnabled: undefined,
  retentionPolicyName: undefined,
});
