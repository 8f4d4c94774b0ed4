// GetKeyPolicy: the policy as it was given.
import type { KmsOperation } from '../../kms.ts';
import { keyById } from '../resolve/key.ts';
import { requireDefaultName } from './key-policy.ts';

export const getKeyPolicy: KmsOperation<'GetKeyPolicy'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const { policy } = keyById(tx, call, input.KeyId);
    requireDefaultName(input.PolicyName);
    return { Policy: policy, PolicyName: 'default' };
  });
