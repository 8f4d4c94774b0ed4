import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import { entityKey } from '../entity/entity.ts';
import type { Role } from './role.ts';

export const roles = defineTable<Role>()({
  name: 'iam-roles',
  durable: true,
  key: ({ accountId, name }) => entityKey(accountId, name),
  indexes: {
    account: indexOn<Role>()('accountId'),
    arn: indexOn<Role>()('arn'),
    id: indexOn<Role>()('id'),
    policy: indexOn<Role>().each(['accountId', 'policy'], ({ accountId, attachedPolicies }) =>
      attachedPolicies.map((policy) => ({ accountId, policy })),
    ),
    boundary: indexOn<Role>()('accountId', 'permissionsBoundary'),
  },
  tallies: {},
});
