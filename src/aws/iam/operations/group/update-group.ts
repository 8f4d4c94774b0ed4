// UpdateGroup: another name or path. Its users and policies stay.
import { alreadyExists } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { entityArn, entityKey } from '../../state/entity/entity.ts';
import { groups } from '../../state/group/groups.ts';
import { users } from '../../state/user/users.ts';
import { groupNamed } from '../find.ts';
import { checkedName, checkedPath } from '../names.ts';

export const updateGroup: IamOperation<'UpdateGroup'> = ({ store }, input, call) =>
  store.update((tx) => {
    const group = groupNamed(tx, call, input.GroupName);
    const from = groups.key(group);
    const name = input.NewGroupName ? checkedName(input.NewGroupName, 'newGroupName', 128) : group.name;
    const path = input.NewPath ? checkedPath(input.NewPath) : group.path;
    const to = entityKey(call.accountId, name);
    if (to !== from && tx.table(groups).get(to) !== undefined) throw alreadyExists('Group', name);
    const members = [...tx.table(users).by('group', { group: from })];
    tx.table(groups).delete(from);
    tx.table(groups).put({ ...group, name, path, arn: entityArn('group', call.accountId, path, name) });
    for (const user of members)
      tx.table(users).put({ ...user, groups: user.groups.map((one) => (one === from ? to : one)) });
    return {};
  });
