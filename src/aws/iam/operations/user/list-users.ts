import type { IamOperation } from '../../iam.ts';
import { presentListedUser } from '../../present/entities.ts';
import { users } from '../../state/user/users.ts';
import { iamPage } from '../page.ts';

export const listUsers: IamOperation<'ListUsers'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { PathPrefix: prefix = '/' } = input;
    const { items, end } = iamPage(
      'users',
      input,
      (after) =>
        Iterator.from(tx.table(users).by('account', call, after)).filter(({ path }) =>
          path.startsWith(prefix),
        ),
      users.key,
      (user) => presentListedUser(user, call),
    );
    return { Users: items, ...end };
  });
