import { alreadyExists, quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentGroup } from '../../present/entities.ts';
import { entityArn, entityKey, newEntityId } from '../../state/entity/entity.ts';
import { groups } from '../../state/group/groups.ts';
import { checkedName, checkedPath } from '../names.ts';

const maxGroups = 300;

export const createGroup: IamOperation<'CreateGroup'> = ({ store, random }, input, call) => {
  const { accountId } = call;
  const name = checkedName(input.GroupName, 'groupName', 128);
  const path = checkedPath(input.Path);
  return store.update((tx) => {
    const table = tx.table(groups);
    if (table.get(entityKey(accountId, name)) !== undefined) throw alreadyExists('Group', name);
    if (table.count('account', { accountId }) >= maxGroups)
      throw quotaExceeded('GroupsPerAccount', maxGroups);
    const group = table.put({
      accountId,
      name,
      path,
      id: newEntityId(random, 'group'),
      arn: entityArn('group', accountId, path, name),
      createdAt: call.now,
      tags: [],
      inlinePolicies: {},
      attachedPolicies: [],
    });
    return { Group: presentGroup(group, call) };
  });
};
