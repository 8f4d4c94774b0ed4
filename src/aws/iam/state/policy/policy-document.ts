// A policy as it is evaluated: read once, its patterns and conditions ready.
import type { Condition } from './condition.ts';
import type { Pattern } from './pattern.ts';

export type Effect = 'Allow' | 'Deny';

/** What a statement names, or all but what it names. */
export interface Named<T> {
  /** Whether it is all but these: NotAction, NotResource, NotPrincipal. */
  readonly isNegated: boolean;
  readonly all: readonly T[];
}

/** Whom a statement of a resource's policy names. */
export interface NamedPrincipal {
  readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | 'anyone';
  /** An ARN, an account, the name of a service; `*` is anyone. */
  readonly name: string;
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: Effect;
  /** In lower case: actions have no case. */
  readonly actions: Named<Pattern>;
  /** Undefined in trust policies, where it is the role. */
  readonly resources: Named<Pattern> | undefined;
  /** Undefined in the policies of identities, where it is the identity. */
  readonly principals: Named<NamedPrincipal> | undefined;
  readonly conditions: readonly Condition[];
}

export interface PolicyDocument {
  readonly statements: readonly Statement[];
}
