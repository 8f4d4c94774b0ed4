import { quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { groups } from '../../state/group/groups.ts';
import { users } from '../../state/user/users.ts';
import { groupNamed, userNamed } from '../find.ts';

const maxGroups = 10;

export const addUserToGroup: IamOperation<'AddUserToGroup'> = ({ store }, input, call) =>
  store.update((tx) => {
    const group = groups.key(groupNamed(tx, call, input.GroupName));
    const user = userNamed(tx, call, input.UserName);
    if (user.groups.includes(group)) return {};
    if (user.groups.length >= maxGroups) throw quotaExceeded('GroupsPerUser', maxGroups);
    tx.table(users).put({ ...user, groups: [...user.groups, group] });
    return {};
  });
