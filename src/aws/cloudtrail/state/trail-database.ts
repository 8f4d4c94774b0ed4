// The calls on record: the bulk data of CloudTrail.
import { defineBulk } from '../../../bulk/bulk-module.ts';
import type { Bulk } from '../../../bulk/bulk.ts';
import { listEvents } from './events/list-events.ts';
import { lookupEvents } from './events/lookup-events.ts';
import { migrations } from './events/schema.ts';
import { sweep } from './events/sweep.ts';
import { writeEvents } from './events/write-events.ts';

export const bulkModule = defineBulk({
  name: 'trail',
  url: import.meta.url,
  migrations,
  reads: { lookupEvents, listEvents },
  writes: { writeEvents, sweep },
  scans: {},
});

export type TrailDatabase = Bulk<typeof bulkModule>;
