import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Grant } from './grant.ts';

const on = indexOn<Grant>();

export const grants = defineTable<Grant>()({
  name: 'kms-grants',
  durable: true,
  key: (grant) => grant.id,
  indexes: { key: on('keyArn'), token: on('token'), account: on('accountId') },
  tallies: {},
});
