// CancelKeyDeletion: the key stays, and is disabled until somebody enables it.
import type { KmsOperation } from '../../kms.ts';
import { invalidState } from '../../errors.ts';
import { keys } from '../../state/key/keys.ts';
import { ownKeyById } from '../resolve/key.ts';

export const cancelKeyDeletion: KmsOperation<'CancelKeyDeletion'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const key = ownKeyById(tx, call, input.KeyId, 'CancelKeyDeletion');
    if (key.pendingDeletion === undefined) throw invalidState(`${key.arn} is not pending deletion.`);
    tx.table(keys).put({ ...key, isEnabled: false, pendingDeletion: undefined });
    return { KeyId: key.arn };
  });
