// A call of the registry's protocol whose caller may do what it asks for.
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import { accessDenied, type Authorise } from '../../../wire/authorise.ts';
import type { Caller } from '../../../wire/caller.ts';
import type { StreamedRequest } from '../../../wire/http.ts';
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
export function requireAllowed(front: RegistryFront, caller: Caller, action: string, name: string): void {
  const arn = repositoryArn(caller, name);
  const refused = front.authorise(
    caller,
    action,
    () => [arn],
    () => undefined,
  );
  if (refused !== undefined) throw denied(accessDenied(caller, action, refused).message);
}
