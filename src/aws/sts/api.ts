// The API of AWS Security Token Service, as far as it is served: who is calling, and credentials that end.
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { stsAccess } from './access.ts';
import { validationError } from './errors.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getAccessKeyInfo } from './operations/get-access-key-info.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getSessionToken } from './operations/get-session-token.ts';
import { stsModel, type StsOperations } from './shapes.generated.ts';
import type { Sts } from './sts.ts';

const table: OperationTable<StsOperations, Sts> = {
  AssumeRole: assumeRole,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
  GetSessionToken: getSessionToken,
};

export const stsApi = (sts: Sts): Api => ({
  model: stsModel,
  operations: operationsOf(table, sts),
  access: stsAccess(sts.store),
  invalid: (_operation, message) => validationError(message),
});
