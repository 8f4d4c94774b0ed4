import { mustFirst } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { accessKeys } from '../../state/access-key/access-keys.ts';
import { users } from '../../state/user/users.ts';
import { userNamed } from '../find.ts';

export const deleteUser: IamOperation<'DeleteUser'> = ({ store }, { UserName: name }, call) =>
  store.update((tx) => {
    const user = userNamed(tx, call, name);
    const key = users.key(user);
    if (tx.table(accessKeys).count('user', { user: key }) > 0) throw mustFirst('delete access keys');
    if (user.groups.length > 0) throw mustFirst('remove user from all groups');
    if (user.attachedPolicies.length > 0) throw mustFirst('detach all policies');
    if (Object.keys(user.inlinePolicies).length > 0) throw mustFirst('delete policies');
    tx.table(users).delete(key);
    return {};
  });
