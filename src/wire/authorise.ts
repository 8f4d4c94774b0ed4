// Whether a caller may do what it asks for: the question, as the wire puts it once the input is decoded. Who answers it is given.
import type { Caller } from './caller.ts';
import { ApiError } from './errors.ts';
import type { Members } from './protocols/protocol.ts';

/**
 * The values of a condition key for this request, e.g. the ARN of `ecs:cluster`. An empty list says that the request concerns
 * none; undefined that the action does not have the key.
 */
export type Conditions = (key: string) => readonly string[] | undefined;

/**
 * Decides whether `principal` may do `action` (e.g. `ecs:StopTask`) to all of `resources`, which are ARNs or `*`, and are asked
 * for only where they matter. Answers the first resource that it may not do it to; undefined when it may.
 */
export type Authorise = (
  principal: Caller,
  action: string,
  resources: () => readonly string[],
  context: Conditions,
) => string | undefined;

/** What the caller of an operation must be allowed to do it to. Neither function throws, whatever the input holds. */
export interface OperationAccess {
  /** The ARNs that IAM's reference names for the operation; default `*`. */
  readonly resources?: ((input: Members, caller: Caller) => readonly string[]) | undefined;
  /** Condition keys that the operation has. */
  readonly conditions?:
    Readonly<Record<string, (input: Members, caller: Caller) => readonly string[]>> | undefined;
  /** The tags that the request gives to what it makes or tags; default none. */
  readonly requestTags?: ((input: Members, caller: Caller) => Tags) | undefined;
  /** The tags of a resource that there is, by what `resources` calls it; default none. */
  readonly resourceTags?: ((resource: string, caller: Caller) => Tags | undefined) | undefined;
  /** The policy of a resource that has one, as JSON; default none has. */
  readonly resourcePolicy?: ((resource: string, caller: Caller) => string | undefined) | undefined;
  /** The roles that the call hands to a service: its caller must be allowed to pass them. Default none. */
  readonly passedRoles?: ((input: Members, caller: Caller) => readonly PassedRole[]) | undefined;
}

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** A role that a caller gives to a service, as in the condition key iam:PassedToService. */
export interface PassedRole {
  readonly roleArn: string;
  /** E.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
}

/** The error for what `principal` may not do, in AWS's words. */
export function accessDenied({ principalArn }: Caller, action: string, resource: string): ApiError {
  return new ApiError(
    'AccessDeniedException',
    `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no identity-based policy allows the ${action} action`,
  );
}
