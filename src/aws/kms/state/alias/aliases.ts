import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Alias } from './alias.ts';

const on = indexOn<Alias>();

export const aliases = defineTable<Alias>()({
  name: 'kms-aliases',
  durable: true,
  key: (alias) => alias.arn,
  indexes: { scope: on('accountId', 'region'), key: on('keyArn') },
  tallies: {},
});
