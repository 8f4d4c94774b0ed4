// ListAccessKeys: the keys of the caller's account, without their secrets.
import { accessKeys } from '../../aws/iam/state/access-key/access-keys.ts';
import type { LongshoreOperation } from '../longshore.ts';
import { presentKey } from '../present/access-key.ts';

export const listAccessKeys: LongshoreOperation<'ListAccessKeys'> = ({ store }, _input, call) =>
  store.view((tx) => ({
    accessKeys: Array.from(tx.table(accessKeys).by('account', { accountId: call.accountId }), presentKey),
  }));
