// Streams, events and the results of queries: the bulk data of CloudWatch Logs.
import { defineBulk } from '../../../bulk/bulk-module.ts';
import type { Bulk } from '../../../bulk/bulk.ts';
import { filterEvents } from './events/filter-events.ts';
import { getEvents, getRecord } from './events/get-events.ts';
import { putEvents } from './events/put-events.ts';
import { testPattern } from './filter-pattern/test-pattern.ts';
import { migrations } from './events/schema.ts';
import {
  createStream,
  deleteGroup,
  deleteStream,
  groupBytes,
  keepOnlyGroups,
  listStreams,
} from './events/streams.ts';
import { sweep } from './events/sweep.ts';
import { runQuery } from './query/run-query.ts';
import { getQuery, listQueries, saveQuery } from './query/stored-queries.ts';

export const bulkModule = defineBulk({
  name: 'logs',
  url: import.meta.url,
  migrations,
  reads: { listStreams, groupBytes, getEvents, getRecord, filterEvents, getQuery, listQueries },
  writes: { createStream, deleteStream, deleteGroup, keepOnlyGroups, putEvents, sweep, saveQuery },
  scans: { runQuery, testPattern },
});

export type LogDatabase = Bulk<typeof bulkModule>;
