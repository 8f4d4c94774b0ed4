// The API of AWS Security Token Service, as far as it is served: who is calling.
import type { Api } from '../../wire/api.ts';
import { ApiError } from '../../wire/errors.ts';
import { stsModel } from './shapes.generated.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';

export const stsApi: Api = {
  model: stsModel,
  operations: { GetCallerIdentity: getCallerIdentity },
  invalid: (_operation, message) => new ApiError('ValidationError', message),
};
