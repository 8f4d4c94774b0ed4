// CreateLogGroup: a group of a name that there is not yet.
import { uuid } from '../../../../lib/ids.ts';
import { groupExists } from '../../errors.ts';
import { checkGroupName } from '../../input.ts';
import type { LogsOperation } from '../../logs.ts';
import { logGroupArn } from '../../state/arn.ts';
import { logGroups } from '../../state/group/log-groups.ts';
import { withTags } from '../../tags.ts';
import { checkKmsKey } from './kms-key.ts';

export const createLogGroup: LogsOperation<'CreateLogGroup'> = ({ store, random }, input, call) => {
  const name = input.logGroupName;
  checkGroupName(name);
  if (input.kmsKeyId !== undefined) checkKmsKey(input.kmsKeyId);
  return store.update((tx) => {
    const arn = logGroupArn(call, name);
    if (tx.table(logGroups).get(arn) !== undefined) throw groupExists();
    tx.table(logGroups).put({
      arn,
      accountId: call.accountId,
      region: call.region,
      name,
      uid: uuid(random),
      createdAt: call.now,
      kmsKeyId: input.kmsKeyId,
      logGroupClass: input.logGroupClass ?? 'STANDARD',
      deletionProtectionEnabled: input.deletionProtectionEnabled ?? false,
      tags: withTags({}, input.tags ?? {}),
    });
    return {};
  });
};
