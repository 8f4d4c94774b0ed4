// ListAliases: the aliases of the account in the region, or those of one key.
import type { KmsOperation } from '../../kms.ts';
import { presentAlias } from '../../present/alias.ts';
import { aliases } from '../../state/alias/aliases.ts';
import { markedPage } from '../page.ts';
import { keyById } from '../resolve/key.ts';

export const listAliases: KmsOperation<'ListAliases'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const key = input.KeyId === undefined ? undefined : keyById(tx, call, input.KeyId);
    const table = tx.table(aliases);
    const { items, ...page } = markedPage(input, {
      list: 'aliases',
      limits: { default: 50, max: 100 },
      rows: (after) =>
        key === undefined ? table.by('scope', call, after) : table.by('key', { keyArn: key.arn }, after),
      key: aliases.key,
      present: presentAlias,
    });
    return { Aliases: items, ...page };
  });
