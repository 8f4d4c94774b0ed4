// Writes events, in their order; one that is there already is left alone, so that a batch can be tried again.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { addTerms } from './terms.ts';
import type { TrailEvent } from './trail-event.ts';

export function writeEvents(database: BulkDatabase, events: readonly TrailEvent[]): void {
  const groups = new Map<string, Group>();
  for (const event of events) {
    const group = groupOf(database, groups, event);
    const seq = writeEvent(database, group.scope, event);
    if (seq === undefined) continue;
    group.first ??= seq;
    group.last = seq;
    addTerms(group.terms, event);
  }
  for (const group of groups.values()) writeTerms(database, group);
}

/** Events of one scope and second. */
interface Group {
  readonly scope: number;
  readonly time: number;
  readonly terms: Set<string>;
  /** Undefined as long as none was written. */
  first: number | undefined;
  last: number;
}

function groupOf(database: BulkDatabase, groups: Map<string, Group>, event: TrailEvent): Group {
  const key = `${event.accountId} ${event.region} ${event.time}`;
  const found = groups.get(key);
  if (found !== undefined) return found;
  const group = {
    scope: scopeId(database, event),
    time: event.time,
    terms: new Set<string>(),
    first: undefined,
    last: 0,
  };
  groups.set(key, group);
  return group;
}

/** Its place; undefined where it is there already. */
function writeEvent(database: BulkDatabase, scope: number, event: TrailEvent): number | undefined {
  const { id, time, source, name, user, accessKey, readOnly, denied, error, resources, record } = event;
  const { changes, lastInsertRowid } = database
    .prepare(
      `INSERT INTO events (id, scope, time, source, name, user, access_key, read_only, denied, error, resources, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    )
    .run(
      id,
      scope,
      time,
      source,
      name,
      user,
      accessKey,
      Number(readOnly),
      Number(denied),
      error,
      JSON.stringify(resources),
      record,
    );
  return changes === 0 ? undefined : Number(lastInsertRowid);
}

function writeTerms(database: BulkDatabase, { scope, time, terms, first, last }: Group): void {
  if (first === undefined) return;
  database
    .prepare('INSERT INTO terms (scope, term, time, first, last) SELECT ?, value, ?, ?, ? FROM json_each(?)')
    .run(scope, time, first, last, JSON.stringify([...terms].toSorted()));
}

type Scoped = Pick<TrailEvent, 'accountId' | 'region'>;

const knownScope = 'SELECT id FROM scopes WHERE account = ? AND region = ?';

/** Undefined where nothing was ever written of it. */
export const findScope = (database: BulkDatabase, { accountId, region }: Scoped): number | undefined =>
  database.prepare(knownScope).get(accountId, region)?.['id'] as number | undefined;

function scopeId(database: BulkDatabase, scope: Scoped): number {
  const known = findScope(database, scope);
  if (known !== undefined) return known;
  const added = database
    .prepare('INSERT INTO scopes (account, region) VALUES (?, ?)')
    .run(scope.accountId, scope.region);
  return Number(added.lastInsertRowid);
}
