// The events of an account in a region, newest first, found by one attribute and a range of time.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { storedEvent } from './stored-event.ts';
import { everything, flag, rowsOf, type Term } from './terms.ts';
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

/** No more than `limit`: one more than a page has tells whether there is another. */
export function lookupEvents(database: BulkDatabase, lookup: Lookup): readonly StoredEvent[] {
  const scope = findScope(database, lookup);
  if (scope === undefined) return [];
  const { attribute, limit } = lookup;
  if (attribute?.key === 'EventId') return eventOfId(database, scope, lookup, attribute.value);
  const found: StoredEvent[] = [];
  for (const row of rowsOf(database, scope, termOf(attribute), lookup)) {
    const event = storedEvent(row, lookup);
    if (hasResource(event, attribute)) found.push(event);
    if (found.length === limit) break;
  }
  return found;
}

function eventOfId(
  database: BulkDatabase,
  scope: number,
  lookup: Lookup,
  id: string,
): readonly StoredEvent[] {
  const { from, until, before } = lookup;
  const row = database.prepare('SELECT * FROM events WHERE id = ? AND scope = ?').get(id, scope);
  // There is one at most: what comes before it has been answered.
  if (row === undefined || before !== undefined) return [];
  const event = storedEvent(row, lookup);
  return event.time >= from && event.time <= until ? [event] : [];
}

function termOf(attribute: Lookup['attribute']): Term {
  if (attribute === undefined || attribute.key === 'EventId') return everything;
  const { key: kind, value } = attribute;
  if (kind !== 'ReadOnly') return { kind, value };
  // Nothing has a third value.
  return { kind, value: value === 'true' || value === 'false' ? flag(value === 'true') : '' };
}

/** What an attribute says of a resource must hold of one as a whole. */
function hasResource({ resources }: StoredEvent, attribute: Lookup['attribute']): boolean {
  if (attribute?.key === 'ResourceType') return resources.some(({ type }) => type === attribute.value);
  if (attribute?.key !== 'ResourceName') return true;
  const sought = attribute.arn ?? attribute.value;
  return resources.some(({ name }) => name === sought);
}
