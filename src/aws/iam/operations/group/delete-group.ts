import { mustFirst } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { groups } from '../../state/group/groups.ts';
import { users } from '../../state/user/users.ts';
import { groupNamed } from '../find.ts';

export const deleteGroup: IamOperation<'DeleteGroup'> = ({ store }, { GroupName: name }, call) =>
  store.update((tx) => {
    const group = groupNamed(tx, call, name);
    const key = groups.key(group);
    if (tx.table(users).count('group', { group: key }) > 0) throw mustFirst('remove users from group');
    if (group.attachedPolicies.length > 0) throw mustFirst('detach all policies');
    if (Object.keys(group.inlinePolicies).length > 0) throw mustFirst('delete policies');
    tx.table(groups).delete(key);
    return {};
  });
