import type { IamOperation } from '../../iam.ts';
import { presentGroup } from '../../present/entities.ts';
import { groups } from '../../state/group/groups.ts';
import { userNamed } from '../find.ts';
import { pageOfTexts } from '../page.ts';

export const listGroupsForUser: IamOperation<'ListGroupsForUser'> = ({ store }, input, call) =>
  store.view((tx) => {
    const user = userNamed(tx, call, input.UserName);
    const { items, end } = pageOfTexts('groups-of', input, user.groups, (key) =>
      presentGroup(tx.table(groups).get(key)!, call),
    );
    return { Groups: items, ...end };
  });
