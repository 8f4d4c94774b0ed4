import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Key } from './key.ts';

const on = indexOn<Key>();

export const keys = defineTable<Key>()({
  name: 'kms-keys',
  durable: true,
  key: (key) => key.arn,
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});
