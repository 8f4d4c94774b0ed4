import type { Namespace } from './namespace.ts';
import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';

export const namespaces = defineTable<Namespace>()({
  name: 'namespaces',
  durable: true,
  key: (namespace) => namespace.arn,
  indexes: { name: indexOn<Namespace>()('accountId', 'region', 'name') },
  tallies: {},
});
