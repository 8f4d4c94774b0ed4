// The one policy that a key has, and what is checked of it: its form. Who it allows what is IAM's to say.
import { NoSuchPrincipal, withPrincipalIds } from '../../../iam/state/principal/named-principals.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { broken, limitExceeded, malformedPolicy, notFound } from '../../errors.ts';

const maxLength = 32_768;

/** Refuses a name other than `default`, the only one there is. */
export function requireDefaultName(name: string | undefined): void {
  if (name !== undefined && name !== 'default') throw notFound('No such policy exists');
}

/** The policy as it was given; throws MalformedPolicyDocumentException where it is none. */
export function checkedPolicy(policy: string): string {
  if (policy.length === 0) throw broken('policy', 'have length greater than or equal to 1');
  if (policy.length > maxLength)
    throw limitExceeded(`A key policy can have a maximum of ${maxLength} characters.`);
  const document = parsed(policy);
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw malformedPolicy('The new key policy is not a JSON object.');
  const statements = [(document as { Statement?: unknown }).Statement ?? []].flat();
  if (statements.length === 0) throw malformedPolicy('The new key policy has no statement.');
  for (const statement of statements) checkStatement(statement);
  return policy;
}

/** The policy as it is kept; throws MalformedPolicyDocumentException where it names a user or a role that is not there. */
export function keptPolicy(tx: ReadTransaction, scope: Scope, policy: string): string {
  try {
    return withPrincipalIds(tx, scope, policy);
  } catch (error) {
    throw error instanceof NoSuchPrincipal
      ? malformedPolicy('Policy contains a statement with one or more invalid principals.')
      : error;
  }
}

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    throw malformedPolicy('The new key policy is not valid JSON.');
  }
}

function checkStatement(statement: unknown): void {
  if (typeof statement !== 'object' || statement === null)
    throw malformedPolicy('A statement of the new key policy is not a JSON object.');
  const { Effect, Principal, NotPrincipal, Action, NotAction } = statement as Record<string, unknown>;
  if (Effect !== 'Allow' && Effect !== 'Deny')
    throw malformedPolicy('The Effect of each statement of a key policy must be Allow or Deny.');
  if (Principal === undefined && NotPrincipal === undefined)
    throw malformedPolicy('Each statement of a key policy must have a Principal.');
  if (Action === undefined && NotAction === undefined)
    throw malformedPolicy('Each statement of a key policy must have an Action.');
}
