import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import { entityKey } from '../entity/entity.ts';
import type { InstanceProfile } from './instance-profile.ts';

export const instanceProfiles = defineTable<InstanceProfile>()({
  name: 'iam-instance-profiles',
  durable: true,
  key: ({ accountId, name }) => entityKey(accountId, name),
  indexes: {
    account: indexOn<InstanceProfile>()('accountId'),
    role: indexOn<InstanceProfile>()('role'),
  },
  tallies: {},
});
