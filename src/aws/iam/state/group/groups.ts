import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import { entityKey } from '../entity/entity.ts';
import type { Group } from './group.ts';

export const groups = defineTable<Group>()({
  name: 'iam-groups',
  durable: true,
  key: ({ accountId, name }) => entityKey(accountId, name),
  indexes: {
    account: indexOn<Group>()('accountId'),
    policy: indexOn<Group>().each(['accountId', 'policy'], ({ accountId, attachedPolicies }) =>
      attachedPolicies.map((policy) => ({ accountId, policy })),
    ),
  },
  tallies: {},
});
