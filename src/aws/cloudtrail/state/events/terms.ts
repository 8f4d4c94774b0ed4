// What events are found by: terms, each a kind and a value.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { TrailEvent } from './trail-event.ts';

/** As LookupEvents calls them, and what else is asked for. */
export type TermKind =
  | 'AccessKeyId'
  | 'Denied'
  | 'EventName'
  | 'EventSource'
  | 'Everything'
  | 'ReadOnly'
  | 'ResourceName'
  | 'ResourceType'
  | 'Username';

export interface Term {
  readonly kind: TermKind;
  readonly value: string;
}

interface StoredKind {
  /** What its terms begin with: it never changes. */
  readonly letter: string;
  /** Whether a row of `events` has the value `?6`; of resources, whether it may have. */
  readonly condition: string;
}

const kinds: Readonly<Record<TermKind, StoredKind>> = {
  AccessKeyId: { letter: 'k', condition: 'access_key = ?6' },
  Denied: { letter: 'd', condition: 'denied = ?6' },
  EventName: { letter: 'e', condition: 'name = ?6' },
  EventSource: { letter: 's', condition: 'source = ?6' },
  Everything: { letter: '*', condition: '?6 IS NOT NULL' },
  ReadOnly: { letter: 'o', condition: 'read_only = ?6' },
  ResourceName: { letter: 'r', condition: 'instr(resources, ?6) > 0' },
  ResourceType: { letter: 't', condition: 'instr(resources, ?6) > 0' },
  Username: { letter: 'u', condition: 'user = ?6' },
};

const termText = (kind: TermKind, value: string): string => kinds[kind].letter + value;

export const everything: Term = { kind: 'Everything', value: '' };
/** Of `Denied` and `ReadOnly`. */
export const flag = (value: boolean): string => (value ? '1' : '0');

type Described = Omit<TrailEvent, 'accountId' | 'region' | 'id' | 'time' | 'error' | 'record'>;

/** Adds all that an event is found by. An ARN is found by the name in it. */
export function addTerms(terms: Set<string>, event: Described): void {
  terms.add(termText('Everything', ''));
  terms.add(termText('EventName', event.name));
  terms.add(termText('EventSource', event.source));
  terms.add(termText('ReadOnly', flag(event.readOnly)));
  if (event.denied) terms.add(termText('Denied', flag(true)));
  if (event.user !== null) terms.add(termText('Username', event.user));
  if (event.accessKey !== null) terms.add(termText('AccessKeyId', event.accessKey));
  for (const { type, name } of event.resources) {
    if (name.startsWith('arn:')) continue;
    terms.add(termText('ResourceName', name));
    terms.add(termText('ResourceType', type));
  }
}

export interface Range {
  /** Seconds since the epoch, both included. */
  readonly from: number;
  readonly until: number;
  /** Those before this place only. */
  readonly before: { readonly time: number; readonly seq: number } | undefined;
}

/** Rows of `events` that have the term, newest first; of resources there may be others among them. */
export function* rowsOf(
  database: BulkDatabase,
  scope: number,
  { kind, value }: Term,
  { from, until, before }: Range,
): Generator<Readonly<Record<string, unknown>>, void> {
  const place = before ?? { time: Number.MAX_SAFE_INTEGER, seq: 0 };
  const groups = database
    .prepare(
      `SELECT time, first, last FROM terms WHERE scope = ?1 AND term = ?2 AND time BETWEEN ?3 AND ?4 AND (time < ?5 OR first < ?6)
       ORDER BY time DESC, first DESC`,
    )
    .iterate(scope, termText(kind, value), from, Math.min(until, place.time), place.time, place.seq);
  const { condition } = kinds[kind];
  const events = database.prepare(
    `SELECT * FROM events WHERE seq BETWEEN ?1 AND ?2 AND scope = ?3 AND time = ?4 AND seq < ?5 AND ${condition} ORDER BY seq DESC`,
  );
  const sought = isOfResource(kind) ? JSON.stringify(value) : isFlag(kind) ? Number(value) : value;
  for (const group of groups) {
    const [time, first, last] = [group['time'] as number, group['first'] as number, group['last'] as number];
    const end = time === place.time ? place.seq : Number.MAX_SAFE_INTEGER;
    yield* events.iterate(first, last, scope, time, end, sought);
  }
}

const isOfResource = (kind: TermKind): boolean => kind === 'ResourceName' || kind === 'ResourceType';
const isFlag = (kind: TermKind): boolean => kind === 'Denied' || kind === 'ReadOnly';
