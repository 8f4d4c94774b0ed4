// GetAuthorizationToken: what `docker login` takes as the password of the user AWS, for twelve hours.
import type { EcrOperation } from '../../ecr.ts';
import { sealToken } from '../../registry/authorization-token.ts';
import { invalidParameter } from '../../errors.ts';

const validFor = 12 * 3_600_000;

export const getAuthorizationToken: EcrOperation<'GetAuthorizationToken'> = (
  ecr,
  { registryIds = [] },
  call,
) => {
  const other = registryIds.find((id) => id !== call.accountId);
  if (other !== undefined)
    throw invalidParameter(
      `The registry with id '${other}' is of another account: its images cannot be had here.`,
    );
  const expiresAt = call.now + validFor;
  const token = `AWS:${sealToken(ecr.pageSeal, call, expiresAt)}`;
  return {
    authorizationData: [
      {
        authorizationToken: Buffer.from(token).toString('base64'),
        expiresAt: expiresAt / 1000,
        proxyEndpoint: ecr.registryUrl(),
      },
    ],
  };
};
