// The trust policy of a role: well formed, and naming nobody of the account who is not there.
import { BrokenRule } from '../../../shared/broken-rule.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { asMalformedPolicy, quotaExceeded } from '../../errors.ts';
import { inHomePartition } from '../../state/entity/entity.ts';
import { parsePolicy } from '../../state/policy/parse-policy.ts';
import { roles } from '../../state/role/roles.ts';
import { users } from '../../state/user/users.ts';

/** Characters without white space. */
const maxLength = 2048;

/** The document, checked; throws MalformedPolicyDocument or LimitExceeded. */
export function checkedTrustPolicy(tx: ReadTransaction, accountId: string, document: string): string {
  asMalformedPolicy(() => {
    for (const { principals } of parsePolicy(document, 'trust').statements)
      for (const { kind, name } of principals?.all ?? [])
        if (kind === 'AWS' && !exists(tx, accountId, inHomePartition(name)))
          throw new BrokenRule(`Invalid principal in policy: "AWS":"${name}"`);
  });
  if (document.replaceAll(/\s/g, '').length > maxLength) throw quotaExceeded('ACLSizePerRole', maxLength);
  return document;
}

/** Of other accounts nothing is known. */
function exists(tx: ReadTransaction, accountId: string, principal: string): boolean {
  const [, kind] = new RegExp(`^arn:aws:iam::${accountId}:(user|role)/`).exec(principal) ?? [];
  if (kind === undefined) return true;
  return kind === 'user'
    ? tx.table(users).count('arn', { arn: principal }) > 0 || principal.endsWith(':user/administrator')
    : tx.table(roles).count('arn', { arn: principal }) > 0;
}
