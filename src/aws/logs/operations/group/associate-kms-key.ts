import { invalidParameter } from '../../errors.ts';
import { groupReferred } from '../../find-group.ts';
import type { LogsOperation } from '../../logs.ts';
import { changeGroup } from './change-group.ts';
import { checkKmsKey } from './kms-key.ts';

export const associateKmsKey: LogsOperation<'AssociateKmsKey'> = (logs, input, call) => {
  if (input.resourceIdentifier?.includes(':query-result:') === true)
    throw invalidParameter('Keys for the results of queries are not served.');
  checkKmsKey(input.kmsKeyId);
  const reference = { logGroupName: input.logGroupName, logGroupIdentifier: input.resourceIdentifier };
  const { name } = groupReferred(logs.store, call, reference);
  return changeGroup(logs, call, name, () => ({ kmsKeyId: input.kmsKeyId }));
};
