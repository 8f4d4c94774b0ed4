// GetCallerIdentity: whose key signed. Everybody may ask.
import { userId } from '../../iam/state/access-key.ts';
import type { OperationOf } from '../../../wire/api.ts';
import type { StsOperations } from '../shapes.generated.ts';

export const getCallerIdentity: OperationOf<StsOperations, undefined, 'GetCallerIdentity'> = (
  _,
  _input,
  { accountId, principalArn },
) => ({ UserId: userId(principalArn), Account: accountId, Arn: principalArn });
