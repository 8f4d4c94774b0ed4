// Whether a caller may do what it asks for: the question, as the wire puts it once the input is decoded. Who answers it is given.
import type { Caller } from './caller.ts';
import { ApiError } from './errors.ts';
import type { Members } from './protocols/protocol.ts';

/**
 * The values of a condition key for this request, e.g. the ARN of `ecs:cluster`. An empty list says that the request concerns
 * none; undefined that the action does not have the key.
 */
export type Conditions = (key: string) => readonly string[] | undefined;

/** What somebody asks to do. Its functions are called only where the answer depends on them. */
export interface AccessQuestion {
  readonly caller: Caller;
  /** e.g. `ecs:StopTask`. */
  readonly action: string;
  /** ARNs, or `*`: all of them are to be allowed. */
  readonly resources: () => readonly string[];
  readonly conditions: Conditions;
  /** The keys that `conditions` knows; default none are told. */
  readonly conditionKeys?: readonly string[] | undefined;
  /** Keys that end in a name of the caller's, by what they begin with: `kms:EncryptionContext:`. Default none. */
  readonly conditionFamilies?: Readonly<Record<string, () => Tags>> | undefined;
  /** What else the operation and the request bring; default nothing. */
  readonly details?: AccessDetails | undefined;
}

export interface AccessDetails {
  /** Epoch ms. */
  readonly now: number;
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly requestTags: () => Tags;
  readonly resourceTags: (resource: string) => Tags | undefined;
  readonly resourcePolicy: (resource: string) => string | undefined;
  readonly resourcePolicyMustAllow: MustAllow;
  readonly needsNoPermission: boolean;
  readonly passedRoles: () => readonly PassedRole[];
  readonly furtherActions: () => readonly FurtherAction[];
}

/** What of a question is not allowed, and how AWS says why. */
export interface Refusal {
  readonly action: string;
  readonly resource: string;
  /** As in `because no identity-based policy allows the ecs:StopTask action`; empty where AWS does not say. */
  readonly because: string;
  /** What the caller is told in place of all that. */
  readonly says?: string | undefined;
}

/** Answers the first thing that the caller may not do; undefined when it may do all that the question is about. */
export type Authorise = (question: AccessQuestion) => Refusal | undefined;

/** The refusal where no policy of the caller allows the action. */
export const notAllowed = (action: string, resource: string): Refusal => ({
  action,
  resource,
  because: `because no identity-based policy allows the ${action} action`,
});

/** What the caller of an operation must be allowed to do it to. No function throws, whatever the input holds. */
export interface OperationAccess {
  /**
   * Where some of what the input asks for may be done and the rest refused: inputs that each ask for one of it, in whose place they are
   * asked about. The operation is told in its call which are refused. Default none: all is allowed, or nothing is done.
   */
  readonly parts?: ((input: Members) => readonly Members[]) | undefined;
  /** The action, behind the API's prefix, where it is not called as the operation: `ListBucket` of HeadBucket. */
  readonly action?: ((input: Members) => string) | undefined;
  /** What a refusal is told as, where its API tells it otherwise; default as AWS does. */
  readonly refusedAs?: ((refused: ApiError, input: Members) => ApiError) | undefined;
  /** The ARNs that IAM's reference names for the operation; default `*`. */
  readonly resources?: ((input: Members, caller: Caller) => readonly string[]) | undefined;
  /** Condition keys that the operation has. */
  readonly conditions?:
    Readonly<Record<string, (input: Members, caller: Caller) => readonly string[]>> | undefined;
  /** Condition keys that end in a name that the request chose, by what they begin with. */
  readonly conditionFamilies?: Readonly<Record<string, (input: Members, caller: Caller) => Tags>> | undefined;
  /** The tags that the request gives to what it makes or tags; default none. */
  readonly requestTags?: ((input: Members, caller: Caller) => Tags) | undefined;
  /** The tags of a resource that there is, by what `resources` calls it; default none. */
  readonly resourceTags?: ((resource: string, caller: Caller) => Tags | undefined) | undefined;
  /** The policy of a resource that has one, as JSON; default none has. */
  readonly resourcePolicy?: ((resource: string, caller: Caller) => string | undefined) | undefined;
  /** Whether that policy has to allow it too; default false: it or a policy of the caller. */
  readonly resourcePolicyMustAllow?: MustAllow | undefined;
  /** Whether every user and role may do it, whatever their policies say; default false. */
  readonly needsNoPermission?: boolean | undefined;
  /** The roles that the call hands to a service: its caller must be allowed to pass them. Default none. */
  readonly passedRoles?: ((input: Members, caller: Caller) => readonly PassedRole[]) | undefined;
  /** What else the caller must be allowed, as `ecs:TagResource` where it creates with tags. Default nothing. */
  readonly furtherActions?: ((input: Members, caller: Caller) => readonly FurtherAction[]) | undefined;
}

/** As a role's trust policy has to, which is always there, and the policy of a KMS key: of a key that is not there nobody asks. */
export type MustAllow = boolean | 'where there is one';

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** A role that a caller gives to a service, as in the condition key iam:PassedToService. */
export interface PassedRole {
  readonly roleArn: string;
  /** E.g. `ecs-tasks.amazonaws.com`. */
  readonly service: string;
}

/** An action that an operation needs beside its own. */
export interface FurtherAction {
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys that the action has beside those of the operation. */
  readonly conditions?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The policy of its resource, which has to allow it too; default none has to. */
  readonly resourcePolicy?: string | undefined;
  /** Whether it is enough that a policy of the caller allows it, or that of the resource; a denial of either holds. Default false. */
  readonly eitherMayAllow?: boolean | undefined;
  /** Of its resource; default none. */
  readonly resourceTags?: Tags | undefined;
  /** What the caller is told where it is not allowed; default as of any action. */
  readonly says?: string | undefined;
}

/** The error for what the caller may not do, in AWS's words. */
export function accessDenied(
  { principalArn, isAnonymous }: Caller,
  { action, resource, because, says }: Refusal,
): ApiError {
  if (isAnonymous === true) return new ApiError('AccessDeniedException', 'Access Denied');
  const usual = `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new ApiError('AccessDeniedException', says ?? usual.trimEnd());
}
