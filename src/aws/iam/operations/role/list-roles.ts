import type { IamOperation } from '../../iam.ts';
import { presentListedRole } from '../../present/entities.ts';
import { roles } from '../../state/role/roles.ts';
import { iamPage } from '../page.ts';

export const listRoles: IamOperation<'ListRoles'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { PathPrefix: prefix = '/' } = input;
    const { items, end } = iamPage(
      'roles',
      input,
      (after) =>
        Iterator.from(tx.table(roles).by('account', call, after)).filter(({ path }) =>
          path.startsWith(prefix),
        ),
      roles.key,
      (role) => presentListedRole(tx, role, call),
    );
    return { Roles: items, ...end };
  });
