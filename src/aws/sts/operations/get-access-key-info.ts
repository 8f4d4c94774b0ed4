// GetAccessKeyInfo: the account that an access key belongs to.
import { accessKeys } from '../../iam/state/access-key/access-keys.ts';
import { noSuchKey } from '../errors.ts';
import type { StsOperation } from '../sts.ts';

export const getAccessKeyInfo: StsOperation<'GetAccessKeyInfo'> = ({ store }, { AccessKeyId: id }, call) =>
  store.view((tx) => {
    // Keys of sessions are in no table: of one only the caller's own is known.
    const account =
      tx.table(accessKeys).get(id)?.accountId ?? (id === call.accessKeyId ? call.accountId : undefined);
    if (account === undefined) throw noSuchKey();
    return { Account: account };
  });
