// What is checked of a secret's policy: its form, and whether it lets in everybody. Who it allows what is IAM's to say.
import { NoSuchPrincipal, withPrincipalIds } from '../../../iam/state/principal/named-principals.ts';
import type { Scope } from '../../../shared/scope.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { malformedPolicy } from '../../errors.ts';

const maxLength = 20_480;

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Condition?: unknown;
}

/** What is wrong with the policy, as sentences; none where it is sound. */
export function policyProblems(policy: string): string[] {
  if (policy.length < 1 || policy.length > maxLength)
    return [`A resource policy has 1 to ${maxLength} characters.`];
  const statements = statementsOf(policy);
  if (statements === undefined) return ['This resource policy is not a JSON object with statements.'];
  return statements.flatMap((statement) => [...statementProblems(statement)]);
}

/** Throws MalformedPolicyDocumentException with the first problem. */
export function checkPolicy(policy: string): void {
  const [problem] = policyProblems(policy);
  if (problem !== undefined) throw malformedPolicy(problem);
}

/** The policy as it is kept; throws MalformedPolicyDocumentException where it names a user or a role that is not there. */
export function keptPolicy(tx: ReadTransaction, scope: Scope, policy: string): string {
  try {
    return withPrincipalIds(tx, scope, policy);
  } catch (error) {
    throw error instanceof NoSuchPrincipal ? malformedPolicy(unsupportedPrincipal) : error;
  }
}

/** What is wrong with whom the policy names, as `policyProblems` tells it of its form, which is sound. */
export function principalProblems(tx: ReadTransaction, scope: Scope, policy: string): string[] {
  try {
    withPrincipalIds(tx, scope, policy);
    return [];
  } catch (error) {
    if (error instanceof NoSuchPrincipal) return [unsupportedPrincipal];
    throw error;
  }
}

const unsupportedPrincipal = 'This resource policy contains an unsupported principal.';

/** Whether a statement lets in whoever asks, on no condition. */
export const isPublic = (policy: string): boolean =>
  (statementsOf(policy) ?? []).some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Allow' && isEverybody(Principal) && Condition === undefined,
  );

function isEverybody(principal: unknown): boolean {
  if (principal === '*') return true;
  const { AWS } = (principal ?? {}) as { AWS?: unknown };
  return [AWS].flat().includes('*');
}

function statementsOf(policy: string): readonly Statement[] | undefined {
  try {
    const document = JSON.parse(policy) as { Statement?: unknown } | null;
    const statements = [document?.Statement ?? []].flat();
    const areObjects = statements.every((one) => typeof one === 'object' && one !== null);
    return statements.length > 0 && areObjects ? (statements as Statement[]) : undefined;
  } catch {
    return undefined;
  }
}

function* statementProblems({
  Effect,
  Principal,
  NotPrincipal,
  Action,
  NotAction,
}: Statement): Iterable<string> {
  if (Effect !== 'Allow' && Effect !== 'Deny') yield 'The Effect of each statement must be Allow or Deny.';
  if (Principal === undefined && NotPrincipal === undefined) yield 'Each statement must have a Principal.';
  if (Action === undefined && NotAction === undefined) yield 'Each statement must have an Action.';
}
