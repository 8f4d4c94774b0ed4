// UpdateAlias: the alias now names another key.
import type { KmsOperation } from '../../kms.ts';
import { limitExceeded, notFound } from '../../errors.ts';
import { aliases } from '../../state/alias/aliases.ts';
import { aliasArn } from '../../state/arn.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { ownKeyById } from '../resolve/key.ts';
import { checkAliasName } from './alias-name.ts';
import { maxAliases } from './create-alias.ts';

export const updateAlias: KmsOperation<'UpdateAlias'> = (kms, input, call) => {
  checkAliasName(input.AliasName);
  return kms.store.update((tx) => {
    const table = tx.table(aliases);
    const arn = aliasArn(call, input.AliasName);
    const alias = table.get(arn);
    if (alias === undefined) throw notFound(`Alias ${arn} is not found.`);
    const key = ownKeyById(tx, call, input.TargetKeyId, 'UpdateAlias');
    requireNotPendingDeletion(key);
    if (alias.keyArn !== key.arn && table.count('key', { keyArn: key.arn }) >= maxAliases)
      throw limitExceeded(`A KMS key can have a maximum of ${maxAliases} aliases.`);
    table.put({ ...alias, keyArn: key.arn, updatedAt: call.now });
    return {};
  });
};
