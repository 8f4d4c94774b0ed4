// DeleteLogGroup: the group with its metric filters; its events are not seen any more, and removed in pieces.
import { validationFailed } from '../../errors.ts';
import { groupNamed } from '../../find-group.ts';
import type { LogsOperation } from '../../logs.ts';
import { logGroups } from '../../state/group/log-groups.ts';
import { metricFilterKey, metricFilters } from '../../state/group/metric-filters.ts';

export const deleteLogGroup: LogsOperation<'DeleteLogGroup'> = async ({ store, database }, input, call) => {
  const uid = store.update((tx) => {
    const group = groupNamed(tx, call, input.logGroupName);
    if (group.deletionProtectionEnabled)
      throw validationFailed(
        `The log group ${group.name} is protected from deletion. PutLogGroupDeletionProtection takes the protection away.`,
      );
    for (const { name } of [...tx.table(metricFilters).by('group', { groupArn: group.arn })])
      tx.table(metricFilters).delete(metricFilterKey(group.arn, name));
    tx.table(logGroups).delete(group.arn);
    return group.uid;
  });
  // The record goes first: what a crash leaves of the events is found by it.
  await store.durable();
  await database.write('deleteGroup', uid);
  return {};
};
