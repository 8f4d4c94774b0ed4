import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { QueryDefinition } from './query-definition.ts';

const on = indexOn<QueryDefinition>();

export const queryDefinitions = defineTable<QueryDefinition>()({
  name: 'query-definitions',
  durable: true,
  key: (definition) => definition.id,
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});
