// The tokens by which CreateService and CreateTaskSet know a request that is sent again.
import { invalidParameter } from '../../errors.ts';

/** The token; throws InvalidParameterException unless it has 1 to 36 printable ASCII characters. */
export function checkedClientToken(token: string | undefined): string | undefined {
  if (token !== undefined && !/^[!-~]{1,36}$/.test(token))
    throw invalidParameter('clientToken should have 1 to 36 printable ASCII characters.');
  return token;
}
