import { notInGroup } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { groups } from '../../state/group/groups.ts';
import { users } from '../../state/user/users.ts';
import { groupNamed, userNamed } from '../find.ts';

export const removeUserFromGroup: IamOperation<'RemoveUserFromGroup'> = ({ store }, input, call) =>
  store.update((tx) => {
    const group = groupNamed(tx, call, input.GroupName);
    const user = userNamed(tx, call, input.UserName);
    if (!user.groups.includes(groups.key(group))) throw notInGroup(user.name, group.name);
    tx.table(users).put({ ...user, groups: user.groups.filter((one) => one !== groups.key(group)) });
    return {};
  });
