// Calls of STS that AWS takes without a signature, from those who prove who they are otherwise. None is served; each is refused by its name.
import { headerOf } from './header-of.ts';
import type { HttpRequest } from './http.ts';
import { actionOf } from './protocols/query.ts';
import { splitTarget } from './request-target.ts';

const unsigned: ReadonlySet<string> = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

/** The operation of STS that an unsigned request calls, where it is one of these. */
export function unsignedStsOperation(request: HttpRequest): string | undefined {
  const { method, target, headers } = request;
  const isForm =
    method === 'GET'
      ? splitTarget(target).query.includes('Action=')
      : headerOf(headers, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const action = isForm ? actionOf(request) : undefined;
  return action !== undefined && unsigned.has(action) ? action : undefined;
}
