// An account's alias: a name for people, of which it has one at most.
import { aliasExists, aliasNotFound, constraintBroken } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { accountAliases } from '../../state/account/account-alias.ts';

const pattern = /^[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?$/;

export const createAccountAlias: IamOperation<'CreateAccountAlias'> = (
  { store },
  { AccountAlias: alias },
  { accountId },
) => {
  if (alias.length < 3 || alias.length > 63 || !pattern.test(alias))
    throw constraintBroken(
      alias,
      'accountAlias',
      'satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$',
    );
  return store.update((tx) => {
    for (const taken of tx.table(accountAliases).all())
      if (taken.alias === alias && taken.accountId !== accountId) throw aliasExists(alias);
    tx.table(accountAliases).put({ accountId, alias });
    return {};
  });
};

export const deleteAccountAlias: IamOperation<'DeleteAccountAlias'> = (
  { store },
  { AccountAlias: alias },
  { accountId },
) =>
  store.update((tx) => {
    if (tx.table(accountAliases).get(accountId)?.alias !== alias) throw aliasNotFound(alias);
    tx.table(accountAliases).delete(accountId);
    return {};
  });

export const listAccountAliases: IamOperation<'ListAccountAliases'> = ({ store }, _input, { accountId }) =>
  store.view((tx) => {
    const found = tx.table(accountAliases).get(accountId);
    return { AccountAliases: found === undefined ? [] : [found.alias], IsTruncated: false };
  });
