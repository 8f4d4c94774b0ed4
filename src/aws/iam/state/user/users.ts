import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import { entityKey } from '../entity/entity.ts';
import type { User } from './user.ts';

export const users = defineTable<User>()({
  name: 'iam-users',
  durable: true,
  key: ({ accountId, name }) => entityKey(accountId, name),
  indexes: {
    account: indexOn<User>()('accountId'),
    arn: indexOn<User>()('arn'),
    id: indexOn<User>()('id'),
    group: indexOn<User>().each(['group'], ({ groups }) => groups.map((group) => ({ group }))),
    policy: indexOn<User>().each(['accountId', 'policy'], ({ accountId, attachedPolicies }) =>
      attachedPolicies.map((policy) => ({ accountId, policy })),
    ),
    boundary: indexOn<User>()('accountId', 'permissionsBoundary'),
  },
  tallies: {},
});
