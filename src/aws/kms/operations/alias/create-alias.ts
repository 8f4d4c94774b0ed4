// CreateAlias: another name for a key.
import type { KmsOperation } from '../../kms.ts';
import { aliasExists, limitExceeded } from '../../errors.ts';
import { aliases } from '../../state/alias/aliases.ts';
import { aliasArn } from '../../state/arn.ts';
import { requireNotPendingDeletion } from '../../state/key/key-cipher.ts';
import { ownKeyById } from '../resolve/key.ts';
import { checkAliasName } from './alias-name.ts';

/** A key's. */
export const maxAliases = 50;

export const createAlias: KmsOperation<'CreateAlias'> = (kms, input, call) => {
  const { AliasName: name, TargetKeyId } = input;
  checkAliasName(name);
  const { accountId, region, now } = call;
  return kms.store.update((tx) => {
    const key = ownKeyById(tx, call, TargetKeyId, 'CreateAlias');
    requireNotPendingDeletion(key);
    const arn = aliasArn(call, name);
    const table = tx.table(aliases);
    if (table.get(arn) !== undefined) throw aliasExists(arn);
    if (table.count('key', { keyArn: key.arn }) >= maxAliases)
      throw limitExceeded(`A KMS key can have a maximum of ${maxAliases} aliases.`);
    table.put({ accountId, region, arn, name, keyArn: key.arn, createdAt: now, updatedAt: now });
    return {};
  });
};
