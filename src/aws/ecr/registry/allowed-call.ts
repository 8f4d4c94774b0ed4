// A call of the registry's protocol whose caller may do what it asks for.
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import { accessDenied, type Authorise } from '../../../wire/authorise.ts';
import type { Caller } from '../../../wire/caller.ts';
import { headerOf } from '../../../wire/header-of.ts';
import type { StreamedRequest } from '../../../wire/http.ts';
import { repositoryAccess } from '../access.ts';
import type { Ecr } from '../ecr.ts';
import { repositoryArn } from '../state/arn.ts';
import type { Repository } from '../state/repository/repository.ts';
import { denied } from './reply.ts';

export interface RegistryFront extends Ecr {
  readonly authorise: Authorise;
  readonly clock: Clock;
  readonly log: Log;
}

/** A call whose caller may do it. */
export interface AllowedCall {
  readonly request: StreamedRequest;
  readonly caller: Caller;
  readonly repository: Repository;
  /** The query of the target. */
  readonly query: URLSearchParams;
}

/** Throws the registry's DENIED where `caller` may not do `action` to the repository of that name. */
export function requireAllowed(
  { authorise, store, clock }: RegistryFront,
  { caller, request }: Pick<AllowedCall, 'caller' | 'request'>,
  action: string,
  name: string,
): void {
  const { resourceTags, resourcePolicy } = repositoryAccess(store);
  const refused = authorise({
    caller,
    action,
    resources: () => [repositoryArn(caller, name)],
    conditions: () => undefined,
    details: {
      now: clock.now(),
      address: request.address,
      userAgent: headerOf(request.headers, 'user-agent'),
      requestTags: () => ({}),
      resourceTags: (resource) => resourceTags?.(resource, caller),
      resourcePolicy: (resource) => resourcePolicy?.(resource, caller),
      resourcePolicyMustAllow: false,
      needsNoPermission: false,
      passedRoles: () => [],
      furtherActions: () => [],
    },
  });
  if (refused !== undefined) throw denied(accessDenied(caller, refused).message);
}
