import { groupReferred } from '../../find-group.ts';
import type { LogsOperation } from '../../logs.ts';
import { changeGroup } from './change-group.ts';

export const disassociateKmsKey: LogsOperation<'DisassociateKmsKey'> = (logs, input, call) => {
  const reference = { logGroupName: input.logGroupName, logGroupIdentifier: input.resourceIdentifier };
  const { name } = groupReferred(logs.store, call, reference);
  return changeGroup(logs, call, name, () => ({ kmsKeyId: undefined }));
};
