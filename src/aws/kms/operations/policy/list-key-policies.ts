// ListKeyPolicies: the name of the only policy that a key has.
import type { KmsOperation } from '../../kms.ts';
import { keyById } from '../resolve/key.ts';

export const listKeyPolicies: KmsOperation<'ListKeyPolicies'> = (kms, input, call) =>
  kms.store.view((tx) => {
    keyById(tx, call, input.KeyId);
    return { PolicyNames: ['default'], Truncated: false };
  });
