// What is checked of a bucket's policy: its form, and that it is about this bucket. Who it allows what is IAM's to say.
import { parsePolicy } from '../../../iam/state/policy/parse-policy.ts';
import { NoSuchPrincipal, withPrincipalIds } from '../../../iam/state/principal/named-principals.ts';
import { BrokenRule } from '../../../shared/broken-rule.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { malformedPolicy } from '../../errors.ts';

const maxBytes = 20_480;

interface Statement {
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
}

/** Throws MalformedPolicy. */
export function checkPolicy(policy: string, bucket: string): void {
  if (Buffer.byteLength(policy) > maxBytes)
    throw malformedPolicy('Policy exceeds the maximum allowed document size.');
  const statements = statementsOf(policy);
  try {
    parsePolicy(policy, 'resource');
  } catch (error) {
    throw error instanceof BrokenRule ? malformedPolicy(error.message) : error;
  }
  for (const statement of statements) checkStatement(statement, bucket);
}

/** The policy as it is kept; throws MalformedPolicy where it names a user or a role that is not there. */
export function keptPolicy(tx: ReadTransaction, scope: Scope, policy: string): string {
  try {
    return withPrincipalIds(tx, scope, policy);
  } catch (error) {
    throw error instanceof NoSuchPrincipal ? malformedPolicy('Invalid principal in policy') : error;
  }
}

function statementsOf(policy: string): readonly Statement[] {
  try {
    const { Statement: stated } = JSON.parse(policy) as { readonly Statement?: Statement | Statement[] };
    return [stated ?? []].flat();
  } catch {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
}

const textsOf = (value: unknown): readonly string[] =>
  [value].flat().filter((one) => typeof one === 'string');

function checkStatement(statement: Statement, bucket: string): void {
  const resources = textsOf(statement.Resource ?? statement.NotResource);
  if (resources.length === 0) throw malformedPolicy('Missing required field Resource');
  if (!resources.every((resource) => isOf(resource, bucket)))
    throw malformedPolicy('Policy has invalid resource');
  const actions = textsOf(statement.Action ?? statement.NotAction);
  if (!actions.every((action) => /^(\*|s3:.+)$/i.test(action)))
    throw malformedPolicy('Policy has invalid action');
}

/** The bucket itself, or what is in it. */
function isOf(resource: string, bucket: string): boolean {
  const [, rest] = /^arn:aws[a-z-]*:s3:::(.*)$/.exec(resource) ?? [];
  return rest !== undefined && (rest === bucket || rest === `${bucket}*` || rest.startsWith(`${bucket}/`));
}
