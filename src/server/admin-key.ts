// The first access key of an account: made at the first start, found again at every later one.
import type { Random } from '../lib/random.ts';
import {
  administratorArn,
  isActiveRoot,
  newKeyPair,
  type AccessKey,
} from '../aws/iam/state/access-key/access-key.ts';
import type { Store } from '../store/store.ts';
import { accessKeys } from '../aws/iam/state/access-key/access-keys.ts';

/** The account's administrator key; makes it when there is none. `random` must be fit for secrets. */
export function administratorKey(store: Store, accountId: string, random: Random, now: number): AccessKey {
  const principalArn = administratorArn(accountId);
  return store.update((tx) => {
    const table = tx.table(accessKeys);
    for (const key of table.all()) {
      if (key.principalArn === principalArn && isActiveRoot(key)) return key;
    }
    return table.put({ ...newKeyPair(random), accountId, principalArn, status: 'Active', createdAt: now });
  });
}
