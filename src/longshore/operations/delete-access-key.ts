// DeleteAccessKey: revokes a key of the caller's account at once; the last active one of the root stays, or nobody could make another.
import { isActiveRoot } from '../../aws/iam/state/access-key/access-key.ts';
import { accessKeys } from '../../aws/iam/state/access-key/access-keys.ts';
import { lastKey, notFound } from '../errors.ts';
import type { LongshoreOperation } from '../longshore.ts';

export const deleteAccessKey: LongshoreOperation<'DeleteAccessKey'> = ({ store }, { accessKeyId }, call) =>
  store.update((tx) => {
    const table = tx.table(accessKeys);
    const key = table.get(accessKeyId);
    if (key?.accountId !== call.accountId) throw notFound(`The access key ${accessKeyId}`);
    const others = Iterator.from(table.by('account', { accountId: call.accountId })).filter(
      (one) => one !== key,
    );
    if (!others.some(isActiveRoot)) throw lastKey();
    table.delete(accessKeyId);
    return {};
  });
