// GetGroup: a group and its users.
import type { IamOperation } from '../../iam.ts';
import { presentGroup, presentListedUser } from '../../present/entities.ts';
import { groups } from '../../state/group/groups.ts';
import { users } from '../../state/user/users.ts';
import { groupNamed } from '../find.ts';
import { iamPage } from '../page.ts';

export const getGroup: IamOperation<'GetGroup'> = ({ store }, input, call) =>
  store.view((tx) => {
    const group = groupNamed(tx, call, input.GroupName);
    const { items, end } = iamPage(
      'members',
      input,
      (after) => tx.table(users).by('group', { group: groups.key(group) }, after),
      users.key,
      (user) => presentListedUser(user, call),
    );
    return { Group: presentGroup(group, call), Users: items, ...end };
  });
