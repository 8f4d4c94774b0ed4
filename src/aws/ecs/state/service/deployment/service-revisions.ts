import type { ServiceRevision } from './service-revision.ts';
import { indexOn } from '../../../../../store/index-on.ts';
import { defineTable } from '../../../../../store/table.ts';

export const serviceRevisions = defineTable<ServiceRevision>()({
  name: 'service-revisions',
  durable: true,
  key: (revision) => revision.arn,
  indexes: { service: indexOn<ServiceRevision>()('serviceArn') },
  tallies: {},
});
