import type { IamOperation } from '../../iam.ts';
import { presentGroup } from '../../present/entities.ts';
import { groups } from '../../state/group/groups.ts';
import { iamPage } from '../page.ts';

export const listGroups: IamOperation<'ListGroups'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { PathPrefix: prefix = '/' } = input;
    const { items, end } = iamPage(
      'groups',
      input,
      (after) =>
        Iterator.from(tx.table(groups).by('account', call, after)).filter(({ path }) =>
          path.startsWith(prefix),
        ),
      groups.key,
      (group) => presentGroup(group, call),
    );
    return { Groups: items, ...end };
  });
