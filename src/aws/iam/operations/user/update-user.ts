// UpdateUser: another name or path. Keys, groups and policies stay.
import { entityArn } from '../../state/entity/entity.ts';
import type { IamOperation } from '../../iam.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { users } from '../../state/user/users.ts';
import { userNamed } from '../find.ts';
import { checkedName, checkedPath } from '../names.ts';
import { refuseTakenName } from './create-user.ts';

export const updateUser: IamOperation<'UpdateUser'> = ({ store }, input, call) =>
  store.update((tx) => {
    const user = userNamed(tx, call, input.UserName);
    const name = input.NewUserName ? checkedName(input.NewUserName, 'newUserName', 64) : user.name;
    const path = input.NewPath ? checkedPath(input.NewPath) : user.path;
    if (name.toLowerCase() !== user.name.toLowerCase()) refuseTakenName(tx, call.accountId, name);
    tx.table(users).delete(users.key(user));
    const moved = tx
      .table(users)
      .put({ ...user, name, path, arn: entityArn('user', call.accountId, path, name) });
    const keys = [...tx.table(accessKeys).by('user', { user: users.key(user) })];
    for (const key of keys)
      tx.table(accessKeys).put({ ...key, user: users.key(moved), principalArn: moved.arn });
    return {};
  });
