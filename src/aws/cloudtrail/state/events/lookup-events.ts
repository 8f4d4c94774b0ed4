// The events of an account in a region, newest first, found by one attribute and a range of time.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { storedEvent } from './stored-event.ts';
import type { StoredEvent } from './trail-event.ts';
import { findScope } from './write-events.ts';

/** As LookupEvents calls them. */
export type LookupKey =
  | 'AccessKeyId'
  | 'EventId'
  | 'EventName'
  | 'EventSource'
  | 'ReadOnly'
  | 'ResourceName'
  | 'ResourceType'
  | 'Username';

export interface LookedUp {
  readonly key: LookupKey;
  readonly value: string;
  /** Of a resource's name that was given by its ARN. */
  readonly arn?: string | undefined;
}

export interface Lookup {
  readonly accountId: string;
  readonly region: string;
  readonly attribute: LookedUp | undefined;
  /** Seconds since the epoch, both included. */
  readonly from: number;
  readonly until: number;
  /** Those before this place only. */
  readonly before: Place | undefined;
  readonly limit: number;
}

export interface Place {
  readonly time: number;
  readonly seq: number;
}

/** Columns of events, each with its index: `?2` is the value. */
const columns = {
  AccessKeyId: ['INDEXED BY events_by_access_key', 'access_key = ?2'],
  EventId: ['', 'id = ?2'],
  EventName: ['INDEXED BY events_by_name', 'name = ?2'],
  EventSource: ['INDEXED BY events_by_source', 'source = ?2'],
  ReadOnly: ['INDEXED BY events_by_read_only', 'read_only = ?2'],
  Username: ['INDEXED BY events_by_user', 'user = ?2'],
} as const;
const everything = ['INDEXED BY events_by_time', '?2 IS NULL'] as const;

/** `?3` to `?4` is the range of time, `?5` and `?6` the place that it ends before. */
const inRange = 'time BETWEEN ?3 AND ?4 AND (time < ?5 OR seq < ?6) ORDER BY time DESC, seq DESC';

/** No more than `limit`: one more than a page has tells whether there is another. */
export function lookupEvents(database: BulkDatabase, lookup: Lookup): readonly StoredEvent[] {
  const scope = findScope(database, lookup);
  if (scope === undefined) return [];
  const { attribute, from, until, before, limit } = lookup;
  const { time, seq } = before ?? { time: Number.MAX_SAFE_INTEGER, seq: 0 };
  const range = [scope, valueOf(attribute), from, Math.min(until, time), time, seq] as const;
  const key = attribute?.key;
  if (key === 'ResourceName' || key === 'ResourceType') return eventsOfResources(database, lookup, range);
  const [index, condition] = key === undefined ? everything : columns[key];
  return database
    .prepare(`SELECT * FROM events ${index} WHERE scope = ?1 AND ${condition} AND ${inRange} LIMIT ?7`)
    .all(...range, limit)
    .map((row) => storedEvent(row, lookup));
}

type Range = readonly [scope: number, value: string | number | null, ...numbers: number[]];

function valueOf(attribute: Lookup['attribute']): string | number | null {
  if (attribute?.key !== 'ReadOnly') return attribute?.value ?? null;
  return attribute.value === 'true' ? 1 : attribute.value === 'false' ? 0 : null;
}

/** An event with several resources of a type is there once; their rows follow each other. */
function eventsOfResources(database: BulkDatabase, lookup: Lookup, range: Range): readonly StoredEvent[] {
  const { attribute, limit } = lookup;
  const [index, column] =
    attribute?.key === 'ResourceName' ? ['', 'name'] : ['INDEXED BY resources_by_type', 'type'];
  const rows = database
    .prepare(`SELECT seq FROM resources ${index} WHERE scope = ?1 AND ${column} = ?2 AND ${inRange}`)
    .iterate(...range);
  const found = new Map<unknown, StoredEvent>();
  for (const { seq } of rows) {
    if (found.has(seq)) continue;
    const event = storedEvent(eventAt(database, seq as number), lookup);
    if (attribute?.arn === undefined || event.resources.some(({ name }) => name === attribute.arn))
      found.set(seq, event);
    if (found.size === limit) break;
  }
  return [...found.values()];
}

const eventAt = (database: BulkDatabase, seq: number): Readonly<Record<string, unknown>> =>
  database.prepare('SELECT * FROM events WHERE seq = ?').get(seq)!;
