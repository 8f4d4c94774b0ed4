// The trust policy of a role: well formed, and naming nobody of the account who is not there.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Scope } from '../../../shared/scope.ts';
import { asMalformedPolicy, quotaExceeded } from '../../errors.ts';
import { parsePolicy } from '../../state/policy/parse-policy.ts';
import { withPrincipalIds } from '../../state/principal/named-principals.ts';

/** Characters without white space. */
const maxLength = 2048;

/** The document, checked, as it is kept; throws MalformedPolicyDocument or LimitExceeded. */
export function checkedTrustPolicy(tx: ReadTransaction, scope: Scope, document: string): string {
  const kept = asMalformedPolicy(() => {
    parsePolicy(document, 'trust');
    return withPrincipalIds(tx, scope, document);
  });
  if (document.replaceAll(/\s/g, '').length > maxLength) throw quotaExceeded('ACLSizePerRole', maxLength);
  return kept;
}
