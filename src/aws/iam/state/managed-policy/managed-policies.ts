import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { ManagedPolicy } from './managed-policy.ts';

/** Those of the account's users; AWS's own are in aws-managed-policies.ts. */
export const managedPolicies = defineTable<ManagedPolicy>()({
  name: 'iam-managed-policies',
  durable: true,
  key: ({ arn }) => arn,
  indexes: {
    account: indexOn<ManagedPolicy>()('accountId'),
    name: indexOn<ManagedPolicy>().each(['accountId', 'name'], ({ accountId, name }) => [
      { accountId, name: name.toLowerCase() },
    ]),
  },
  tallies: {},
});
