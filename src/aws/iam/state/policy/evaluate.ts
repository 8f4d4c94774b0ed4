// Whether policies allow a request: an explicit deny wins, then something must allow it, and each kind of policy that limits must too.
import { variablesOf, type RequestContext } from './condition.ts';
import { fits, type Pattern } from './pattern.ts';
import type { Effect, Named, NamedPrincipal, PolicyDocument, Statement } from './policy-document.ts';

/** A policy and what it is called, for whoever asks which one decided. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Who asks, as policies of resources name it. */
export interface Requester {
  readonly accountId: string;
  /** A user's ARN; of a role's session, the session's. */
  readonly arn: string;
  /** Of a role's session, the role's. */
  readonly roleArn?: string | undefined;
  /** A user's unique id; of a role's session, the role's, `:` and the session's name. Policies of resources are kept with ids. */
  readonly id?: string | undefined;
  /** Of a role's session, the role's. */
  readonly roleId?: string | undefined;
  /** The service that asks, e.g. `ecs-tasks.amazonaws.com`, where it is one. */
  readonly service?: string | undefined;
}

export interface AccessQuestion {
  readonly requester: Requester;
  /** e.g. `ecs:RunTask`, in any case. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** All that has a say, all of one account. */
export interface Policies {
  /** Of the user and its groups, or of the role. */
  readonly identity: readonly NamedPolicy[];
  /** What its permissions boundary allows at most; undefined where it has none. */
  readonly boundary?: NamedPolicy | undefined;
  /** What its session was limited to; undefined where it was not. */
  readonly session?: readonly NamedPolicy[] | undefined;
  /** Of the resource. */
  readonly resource?: NamedPolicy | undefined;
  /** Whether the resource's policy has to agree: of a role its trust policy, of a key its key policy. */
  readonly resourceMustAllow?: boolean;
}

export type PolicyKind = 'identity-based' | 'resource-based' | 'permissions boundary' | 'session';

export interface Decision {
  readonly result: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that decided: that denies, or that would have had to allow. */
  readonly by: PolicyKind;
  /** The statements that decided; none of an implicit deny. */
  readonly statements: readonly DecidingStatement[];
}

export interface DecidingStatement {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly statement: Statement;
}

/** Decides by AWS's rules for a principal and a resource of one account. */
export function evaluate(question: AccessQuestion, policies: Policies): Decision {
  const { identity, boundary, session, resource } = policies;
  const all: readonly (readonly [PolicyKind, readonly NamedPolicy[]])[] = [
    ['identity-based', identity],
    ['resource-based', resource ? [resource] : []],
    ['permissions boundary', boundary ? [boundary] : []],
    ['session', session ?? []],
  ];
  for (const [kind, some] of all) {
    const statements = deciding(kind, some, question, 'Deny');
    if (statements.length > 0) return { result: 'explicitDeny', by: kind, statements };
  }
  return whetherAllowed(question, policies);
}

function whetherAllowed(question: AccessQuestion, policies: Policies): Decision {
  const { identity, boundary, session, resource, resourceMustAllow = false } = policies;
  const byResource = resource ? deciding('resource-based', [resource], question, 'Allow') : [];
  const reach = Math.max(0, ...byResource.map(({ statement }) => reachOf(statement, question.requester)));
  if (reach === reaches.wholly) return { result: 'allowed', by: 'resource-based', statements: byResource };
  if (resourceMustAllow && reach === reaches.none) return implicitDeny('resource-based');
  const byIdentity = deciding('identity-based', identity, question, 'Allow');
  // A policy that names the account leaves it to the account's own policies.
  if (byIdentity.length === 0 && reach < reaches.named) return implicitDeny('identity-based');
  if (boundary && deciding('permissions boundary', [boundary], question, 'Allow').length === 0)
    return implicitDeny('permissions boundary');
  if (session && deciding('session', session, question, 'Allow').length === 0) return implicitDeny('session');
  return byIdentity.length > 0
    ? { result: 'allowed', by: 'identity-based', statements: [...byIdentity, ...byResource] }
    : { result: 'allowed', by: 'resource-based', statements: byResource };
}

const implicitDeny = (by: PolicyKind): Decision => ({ result: 'implicitDeny', by, statements: [] });

/** How far an Allow of a resource's policy goes: to the account only, to a role within its limits, or past all limits. */
const reaches = { none: 0, account: 1, named: 2, wholly: 3 } as const;

function reachOf({ principals }: Statement, requester: Requester): number {
  if (principals === undefined) return reaches.named;
  if (principals.isNegated) return reaches.named;
  return Math.max(...principals.all.map((one) => reachOfPrincipal(one, requester)));
}

function reachOfPrincipal({ kind, name }: NamedPrincipal, requester: Requester): number {
  const { accountId, arn, id, roleArn, roleId, service } = requester;
  if (kind === 'Service') return name === service ? reaches.wholly : reaches.none;
  if (service !== undefined) return kind === 'anyone' ? reaches.wholly : reaches.none;
  if (kind === 'anyone') return roleArn === undefined ? reaches.wholly : reaches.named;
  if (kind !== 'AWS') return reaches.none;
  if (name === arn || name === id) return reaches.wholly;
  if (name === roleArn || name === roleId) return reaches.named;
  return isAccount(name, accountId) ? reaches.account : reaches.none;
}

const isAccount = (name: string, accountId: string): boolean =>
  name === accountId || new RegExp(`^arn:[a-z-]+:iam::${accountId}:root$`).test(name);

/** The statements of that effect that apply to the request. */
function deciding(
  kind: PolicyKind,
  policies: readonly NamedPolicy[],
  question: AccessQuestion,
  effect: Effect,
): readonly DecidingStatement[] {
  return policies.flatMap(({ name, document }) =>
    document.statements
      .filter((statement) => statement.effect === effect && applies(statement, question))
      .map((statement) => ({ policy: name, kind, statement })),
  );
}

/** Whether the statement is about the request: its action, its resource, its principal, and all of its conditions. */
export function applies(statement: Statement, question: AccessQuestion): boolean {
  const { action, resource, context, requester } = question;
  const valueOf = variablesOf(context);
  const { actions, resources, principals, conditions } = statement;
  return (
    isNamed(actions, action) &&
    (resources === undefined || names(resources, (pattern) => fits(pattern, resource, valueOf))) &&
    (principals === undefined ||
      names(principals, (principal) => reachOfPrincipal(principal, requester) > reaches.none)) &&
    conditions.every(({ isMet }) => isMet(context))
  );
}

const answered = new WeakMap<Named<Pattern>, Map<string, boolean>>();
const maxAnswered = 1000;

/** Whether a statement is about the action. Some of AWS's policies name a thousand, of which a server is asked for the same few. */
function isNamed(actions: Named<Pattern>, action: string): boolean {
  const known = answered.get(actions) ?? new Map<string, boolean>();
  const before = known.get(action);
  if (before !== undefined) return before;
  if (known.size === 0) answered.set(actions, known);
  if (known.size >= maxAnswered) known.clear();
  const lower = action.toLowerCase();
  const answer = names(actions, (pattern) => fits(pattern, lower, noVariables));
  known.set(action, answer);
  return answer;
}

const noVariables = () => undefined;

const names = <T>({ isNegated, all }: Named<T>, fitting: (one: T) => boolean): boolean =>
  all.some(fitting) !== isNegated;
