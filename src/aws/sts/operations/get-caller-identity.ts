// GetCallerIdentity: whose key signed. Everybody may ask.
import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { userId } from '../../iam/state/access-key.ts';
import type { Call } from '../../../wire/api.ts';

export function getCallerIdentity(
  _input: object,
  { accountId, principalArn }: Call,
): GetCallerIdentityResponse {
  return { UserId: userId(principalArn), Account: accountId, Arn: principalArn };
}
