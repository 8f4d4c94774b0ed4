// The policies of repositories and registries: what is checked of them is their form. Who they allow what is IAM's to say.
import { parsePolicy } from '../../../iam/state/policy/parse-policy.ts';
import { BrokenRule } from '../../../shared/broken-rule.ts';
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
