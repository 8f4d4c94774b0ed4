// The API of AWS Security Token Service, as far as it is served: who is calling.
import { operationsOf, type Api, type OperationTable } from '../../wire/api.ts';
import { ApiError } from '../../wire/errors.ts';
import { stsModel, type StsOperations } from './shapes.generated.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';

const table: OperationTable<StsOperations, undefined> = { GetCallerIdentity: getCallerIdentity };

export const stsApi: Api = {
  model: stsModel,
  operations: operationsOf(table, undefined),
  invalid: (_operation, message) => new ApiError('ValidationError', message),
};
