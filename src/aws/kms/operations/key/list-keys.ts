// ListKeys: the keys of the account in the region.
import type { KmsOperation } from '../../kms.ts';
import { keys } from '../../state/key/keys.ts';
import { markedPage } from '../page.ts';

export const listKeys: KmsOperation<'ListKeys'> = (kms, input, call) =>
  kms.store.view((tx) => {
    const { items, ...page } = markedPage(input, {
      list: 'keys',
      limits: { default: 100, max: 1000 },
      rows: (after) => tx.table(keys).by('scope', call, after),
      key: keys.key,
      present: ({ id, arn }) => ({ KeyId: id, KeyArn: arn }),
    });
    return { Keys: items, ...page };
  });
