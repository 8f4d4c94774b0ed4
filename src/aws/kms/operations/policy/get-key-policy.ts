// GetKeyPolicy: the policy as it was given.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import type { KmsOperation } from '../../kms.ts';
import { keyById } from '../resolve/key.ts';
import { requireDefaultName } from './key-policy.ts';

export const getKeyPolicy: KmsOperation<'GetKeyPolicy'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const { policy } = keyById(tx, call, input.KeyId);
    requireDefaultName(input.PolicyName);
    return { Policy: withPrincipalArns(tx, call, policy), PolicyName: 'default' };
  });
