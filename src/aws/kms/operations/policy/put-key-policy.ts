// PutKeyPolicy: replaces the key's policy.
import type { KmsOperation } from '../../kms.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';
import { refuseLockout } from './lockout.ts';
import { checkedPolicy, keptPolicy, requireDefaultName } from './key-policy.ts';

export const putKeyPolicy: KmsOperation<'PutKeyPolicy'> = (kms, input, call) => {
  const policy = checkedPolicy(input.Policy);
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'PutKeyPolicy');
    requireDefaultName(input.PolicyName);
    const kept = keptPolicy(tx, call, policy);
    if (input.BypassPolicyLockoutSafetyCheck !== true) refuseLockout(tx, call, key.arn, kept);
    tx.table(keys).put({ ...key, policy: kept });
    return {};
  });
};
