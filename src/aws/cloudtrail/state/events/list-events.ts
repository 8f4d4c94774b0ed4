// The events of an account in all its regions, by several conditions at once: the newest, or those that came after a place.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { storedEvent } from './stored-event.ts';
import { everything, flag, rowsOf, type Term } from './terms.ts';
import type { StoredEvent } from './trail-event.ts';

export interface EventFilter {
  readonly user?: string | undefined;
  readonly name?: string | undefined;
  readonly source?: string | undefined;
  readonly denied?: boolean | undefined;
}

export interface EventList extends EventFilter {
  readonly accountId: string;
  /** Seconds since the epoch; default all that are kept. */
  readonly from: number;
  /** Only what was written after this place, the oldest first; default the newest, of which the oldest comes first too. */
  readonly after: number | undefined;
  readonly limit: number;
}

export interface ListedEvents {
  readonly events: readonly StoredEvent[];
  /** The place up to which events were looked at. */
  readonly last: number;
  /** Whether there are more of what was asked for. */
  readonly more: boolean;
}

/** Events that are looked at for one answer: nobody else who reads is held up for long. */
const maxLooked = 20_000;

export const listEvents = (database: BulkDatabase, list: EventList): ListedEvents =>
  list.after === undefined ? newest(database, list) : following(database, list, list.after);

type Scope = { readonly id: number; readonly accountId: string; readonly region: string };

const scopesOf = (database: BulkDatabase, accountId: string): readonly Scope[] =>
  database
    .prepare('SELECT id, region FROM scopes WHERE account = ?')
    .all(accountId)
    .map(({ id, region }) => ({ id: id as number, accountId, region: region as string }));

function newest(database: BulkDatabase, list: EventList): ListedEvents {
  const last = (database.prepare('SELECT max(seq) AS last FROM events').get()!['last'] as number | null) ?? 0;
  const found = scopesOf(database, list.accountId).map((scope) => newestOf(database, scope, list));
  const events = found.flatMap((one) => one.events).toSorted((a, b) => b.time - a.time || b.seq - a.seq);
  return {
    events: events.slice(0, list.limit).toReversed(),
    last,
    more: events.length > list.limit || found.some(({ more }) => more),
  };
}

/** The condition that leaves the fewest. */
function narrowest({ user, name, source, denied }: EventFilter): Term {
  if (user !== undefined) return { kind: 'Username', value: user };
  if (name !== undefined) return { kind: 'EventName', value: name };
  if (denied === true) return { kind: 'Denied', value: flag(true) };
  if (source !== undefined) return { kind: 'EventSource', value: source };
  return everything;
}

function newestOf(
  database: BulkDatabase,
  scope: Scope,
  list: EventList,
): { readonly events: readonly StoredEvent[]; readonly more: boolean } {
  const range = { from: list.from, until: Number.MAX_SAFE_INTEGER, before: undefined };
  const events: StoredEvent[] = [];
  let looked = 0;
  for (const row of rowsOf(database, scope.id, narrowest(list), range)) {
    if (looked === maxLooked) return { events, more: true };
    looked += 1;
    if (!matches(row, list)) continue;
    if (events.length === list.limit) return { events, more: true };
    events.push(storedEvent(row, scope));
  }
  return { events, more: false };
}

function following(database: BulkDatabase, list: EventList, after: number): ListedEvents {
  const scopes = new Map(scopesOf(database, list.accountId).map((scope) => [scope.id, scope]));
  const rows = database
    .prepare('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?')
    .iterate(after, maxLooked);
  const events: StoredEvent[] = [];
  let last = after;
  let looked = 0;
  for (const row of rows) {
    if (events.length === list.limit) return { events, last, more: true };
    last = row['seq'] as number;
    looked += 1;
    const scope = scopes.get(row['scope'] as number);
    if (scope !== undefined && (row['time'] as number) >= list.from && matches(row, list))
      events.push(storedEvent(row, scope));
  }
  return { events, last, more: looked === maxLooked };
}

const matches = (row: Readonly<Record<string, unknown>>, filter: EventFilter): boolean =>
  (filter.user === undefined || row['user'] === filter.user) &&
  (filter.name === undefined || row['name'] === filter.name) &&
  (filter.source === undefined || row['source'] === filter.source) &&
  (filter.denied !== true || row['denied'] === 1);
