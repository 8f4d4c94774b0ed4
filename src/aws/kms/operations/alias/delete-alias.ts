// DeleteAlias: the key loses the name, and nothing else.
import type { KmsOperation } from '../../kms.ts';
import { notFound } from '../../errors.ts';
import { aliases } from '../../state/alias/aliases.ts';
import { aliasArn } from '../../state/arn.ts';
import { checkAliasName } from './alias-name.ts';

export const deleteAlias: KmsOperation<'DeleteAlias'> = (kms, input, call) => {
  checkAliasName(input.AliasName);
  return kms.store.update((tx) => {
    const arn = aliasArn(call, input.AliasName);
    if (!tx.table(aliases).delete(arn)) throw notFound(`Alias ${arn} is not found.`);
    return {};
  });
};
