import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { LogGroup } from './log-group.ts';

const on = indexOn<LogGroup>();

export const logGroups = defineTable<LogGroup>()({
  name: 'log-groups',
  durable: true,
  key: (group) => group.arn,
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});
