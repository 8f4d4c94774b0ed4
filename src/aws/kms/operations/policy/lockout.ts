// KMS's safety check: a key whose policy nobody may change is lost.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import { evaluate, type NamedPolicy } from '../../../iam/state/policy/evaluate.ts';
import { parsePolicy } from '../../../iam/state/policy/parse-policy.ts';
import { everything, principalOf } from '../../../iam/state/principal/principal-of.ts';
import { malformedPolicy } from '../../errors.ts';

/** Throws MalformedPolicyDocumentException where the policy, as it is kept, does not let its caller put another one later. */
export function refuseLockout(tx: ReadTransaction, call: Call, keyArn: string, policy: string): void {
  const principal = principalOf(tx, call);
  const context: Readonly<Record<string, readonly string[]>> = {
    ...principal?.context,
    'kms:calleraccount': [call.accountId],
    'kms:bypasspolicylockoutsafetycheck': ['false'],
  };
  const decision =
    principal &&
    evaluate(
      {
        requester: principal.requester,
        action: 'kms:PutKeyPolicy',
        resource: keyArn,
        context: (key) => context[key],
      },
      // What policies of the caller allow is not the key's: they can be changed.
      { identity: [everything], resource: readPolicy(policy), resourceMustAllow: true },
    );
  if (decision?.result !== 'allowed')
    throw malformedPolicy('The new key policy will not allow you to update the key policy in the future.');
}

/** What cannot be read allows nothing. */
function readPolicy(policy: string): NamedPolicy {
  try {
    return { name: 'key', document: parsePolicy(policy, 'resource') };
  } catch (error) {
    if (error instanceof BrokenRule) return { name: 'key', document: { statements: [] } };
    throw error;
  }
}
