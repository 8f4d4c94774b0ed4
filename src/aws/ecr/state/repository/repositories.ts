import { indexOn } from '../../../../store/index-on.ts';
import { defineTable } from '../../../../store/table.ts';
import type { Repository } from './repository.ts';

const on = indexOn<Repository>();

export const repositories = defineTable<Repository>()({
  name: 'ecr-repositories',
  durable: true,
  key: (repository) => repository.arn,
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});
