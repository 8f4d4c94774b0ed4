import { groupReferred } from '../../find-group.ts';
import type { LogsOperation } from '../../logs.ts';
import { changeGroup } from './change-group.ts';

export const putLogGroupDeletionProtection: LogsOperation<'PutLogGroupDeletionProtection'> = (
  logs,
  input,
  call,
) => {
  const { name } = groupReferred(logs.store, call, { logGroupIdentifier: input.logGroupIdentifier });
  const { deletionProtectionEnabled } = input;
  return changeGroup(logs, call, name, () => ({ deletionProtectionEnabled }));
};
