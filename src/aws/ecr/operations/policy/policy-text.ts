// The policies of repositories and registries: what is checked of them is their form. Who they allow what is IAM's to say.
import { parsePolicy } from '../../../iam/state/policy/parse-policy.ts';
import { NoSuchPrincipal, withPrincipalIds } from '../../../iam/state/principal/named-principals.ts';
import { BrokenRule } from '../../../shared/broken-rule.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { broken } from '../../errors.ts';

const maxLength = 10_240;

/** The policy as it was given; throws InvalidParameterException where it is none. */
export function checkedPolicy(member: string, text: string): string {
  if (text.length > maxLength) throw broken(member, `must have length less than or equal to ${maxLength}`);
  try {
    parsePolicy(text, 'resource');
    return text;
  } catch (error) {
    throw error instanceof BrokenRule
      ? broken(member, `Invalid repository policy provided: ${error.message}`)
      : error;
  }
}

/** The policy as it is kept; throws InvalidParameterException where it names a user or a role that is not there. */
export function keptPolicy(tx: ReadTransaction, scope: Scope, member: string, text: string): string {
  try {
    return withPrincipalIds(tx, scope, text);
  } catch (error) {
    throw error instanceof NoSuchPrincipal ? broken(member, 'Principal not found') : error;
  }
}
