// Deletes keys whose waiting time is over, with their aliases and grants. What they encrypted is lost, as it was meant to be.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { Controller } from '../../../shared/loop.ts';
import { aliases } from '../../state/alias/aliases.ts';
import { grants } from '../../state/grant/grants.ts';
import { keys } from '../../state/key/keys.ts';

/** Its keys are the ARNs of KMS keys that wait for their deletion. */
export const keyDeletion: Controller = {
  name: 'key-deletion',
  watch: (store, enqueue) =>
    store.watch(keys, (changes) => {
      for (const { key, before, after } of changes)
        if (before?.pendingDeletion !== after?.pendingDeletion) enqueue(key);
    }),
  allKeys: (store) =>
    store.view((tx) =>
      Array.from(tx.table(keys).all())
        .filter(({ pendingDeletion }) => pendingDeletion !== undefined)
        .map(({ arn }) => arn),
    ),
  sync: (arn, store, now) => {
    const at = store.view((tx) => tx.table(keys).get(arn))?.pendingDeletion?.at;
    if (at === undefined || at > now) return at;
    store.update((tx) => deleteKey(tx, arn));
    return undefined;
  },
};

function deleteKey(tx: WriteTransaction, keyArn: string): void {
  for (const alias of [...tx.table(aliases).by('key', { keyArn })]) tx.table(aliases).delete(alias.arn);
  for (const grant of [...tx.table(grants).by('key', { keyArn })]) tx.table(grants).delete(grant.id);
  tx.table(keys).delete(keyArn);
}
