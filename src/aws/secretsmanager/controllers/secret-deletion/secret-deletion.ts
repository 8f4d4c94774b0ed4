// Deletes secrets whose recovery window is over.
import type { Controller } from '../../../shared/loop.ts';
import { deleteSecretNow } from '../../state/secret/delete-secret.ts';
import { secrets } from '../../state/secret/secrets.ts';

/** Its keys are the ARNs of secrets that wait for their deletion. */
export const secretDeletion: Controller = {
  name: 'secret-deletion',
  watch: (store, enqueue) =>
    store.watch(secrets, (changes) => {
      for (const { key, before, after } of changes) if (before?.deletion !== after?.deletion) enqueue(key);
    }),
  allKeys: (store) =>
    store.view((tx) =>
      Array.from(tx.table(secrets).all())
        .filter(({ deletion }) => deletion !== undefined)
        .map(({ arn }) => arn),
    ),
  sync: (arn, store, now) => {
    const secret = store.view((tx) => tx.table(secrets).get(arn));
    const at = secret?.deletion?.at;
    if (secret === undefined || at === undefined || at > now) return at;
    store.update((tx) => deleteSecretNow(tx, secret));
    return undefined;
  },
};
