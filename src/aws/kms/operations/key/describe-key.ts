// DescribeKey: a key by any of its names. An AWS managed key that is asked for by its alias is made, as KMS does.
import type { KmsOperation } from '../../kms.ts';
import { presentKey } from '../../present/key.ts';
import { findKey, findOrMakeKey } from '../../state/key/find-key.ts';
import { KeyProblem } from '../../state/key/key-problem.ts';
import { managedPrefix } from '../../state/alias/alias.ts';

export const describeKey: KmsOperation<'DescribeKey'> = (kms, input, call) => {
  try {
    return kms.store.view((tx) => ({ KeyMetadata: presentKey(findKey(tx, call, input.KeyId)) }));
  } catch (error) {
    if (!(error instanceof KeyProblem) || !input.KeyId.includes(managedPrefix)) throw error;
  }
  return kms.store.update((tx) => ({
    KeyMetadata: presentKey(findOrMakeKey(tx, kms, call, input.KeyId, call.now)),
  }));
};
