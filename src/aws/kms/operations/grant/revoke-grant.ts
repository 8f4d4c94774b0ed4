// RevokeGrant: the key's owner takes a grant back.
import type { KmsOperation } from '../../kms.ts';
import { invalidGrantId } from '../../errors.ts';
import { grants } from '../../state/grant/grants.ts';
import { refuseDryRun } from '../cryptography/usable-key.ts';
import { keyById } from '../resolve/key.ts';

export const revokeGrant: KmsOperation<'RevokeGrant'> = (kms, input, call) =>
  kms.store.update((tx) => {
    const { arn } = keyById(tx, call, input.KeyId);
    const table = tx.table(grants);
    if (table.get(input.GrantId)?.keyArn !== arn) throw invalidGrantId(input.GrantId);
    refuseDryRun(input.DryRun);
    table.delete(input.GrantId);
    return {};
  });
