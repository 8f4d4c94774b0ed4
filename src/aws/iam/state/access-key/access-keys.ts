import type { AccessKey } from './access-key.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

export const accessKeys = defineTable<AccessKey>()({
  name: 'access-keys',
  durable: true,
  key: (key) => key.accessKeyId,
  indexes: { account: indexOn<AccessKey>()('accountId'), user: indexOn<AccessKey>()('user') },
  tallies: {},
});
