// What FilterLogEvents reads: events of a group that match a pattern. It looks at so many at most, and says where it stopped.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { parseFilterPattern } from '../filter-pattern/filter-pattern.ts';
import type { Position } from './position.ts';
import { groupChunk, streamsChunk, type EventRange, type StoredEvent } from './read-events.ts';
import { eventOverhead } from './schema.ts';
import { behind, groupIdOf } from './streams.ts';

export interface FilterEvents extends EventRange {
  readonly uid: string;
  /** Names of streams, or what names begin with; undefined for all. */
  readonly streams?: readonly string[] | undefined;
  readonly prefix?: string | undefined;
  /** A filter pattern that was found to be one. */
  readonly pattern: string;
  readonly limit: number;
}

export interface FilteredEvents {
  readonly events: readonly (StoredEvent & { readonly stream: string })[];
  /** Where to go on; undefined at the end. */
  readonly next?: Position | undefined;
  /** Names that were asked for and that no stream has. */
  readonly missing: readonly string[];
}

/** What one call looks at, and what it answers, at most. Each character of an event is work, as often as the pattern may look at it. */
const maxScanned = { events: 20_000, work: 64_000_000 };
const maxBytes = 1_048_576;
/** So many streams are read one by one; of more, the whole group is. */
const fewStreams = 100;

export function filterEvents(database: BulkDatabase, filter: FilterEvents): FilteredEvents {
  const groupId = groupIdOf(database, filter.uid);
  const streams = groupId === undefined ? new Map<number, string>() : streamsOf(database, groupId, filter);
  const names = new Set(streams.values());
  const missing = (filter.streams ?? []).filter((name) => !names.has(name));
  if (groupId === undefined || streams.size === 0) return { events: [], missing };
  return { ...matching(filter, streams, chunksOf(database, groupId, filter, streams)), missing };
}

function matching(
  filter: FilterEvents,
  streams: ReadonlyMap<number, string>,
  chunks: Iterable<readonly StoredEvent[]>,
): Omit<FilteredEvents, 'missing'> {
  const { matches, steps } = parseFilterPattern(filter.pattern);
  const workOf = ({ message }: StoredEvent): number => message.length * Math.max(8, steps);
  const events: (StoredEvent & { readonly stream: string })[] = [];
  const left = { ...maxScanned, bytes: maxBytes };
  for (const chunk of chunks)
    for (const [place, event] of chunk.entries()) {
      left.events--;
      left.work -= workOf(event);
      const stream = streams.get(event.streamId);
      if (stream !== undefined && matches(event.message)) {
        left.bytes -= Buffer.byteLength(event.message) + eventOverhead;
        // It comes first on the next page.
        if (left.bytes < 0 && events.length > 0) return { events, next: chunk[place - 1] ?? events.at(-1) };
        events.push({ ...event, stream });
      }
      if (events.length === filter.limit || left.events <= 0 || left.work <= 0)
        return { events, next: event };
    }
  return { events };
}

function* chunksOf(
  database: BulkDatabase,
  groupId: number,
  filter: FilterEvents,
  streams: ReadonlyMap<number, string>,
): Generator<readonly StoredEvent[]> {
  const isWhole = filter.streams === undefined && filter.prefix === undefined;
  const few = !isWhole && streams.size <= fewStreams ? [...streams.keys()] : undefined;
  let { after } = filter;
  for (;;) {
    const range = { ...filter, after };
    const chunk =
      few === undefined ? groupChunk(database, groupId, range) : streamsChunk(database, groupId, few, range);
    if (chunk.length === 0) return;
    yield chunk;
    after = chunk.at(-1);
  }
}

/** The streams that are asked for, by id. */
function streamsOf(
  database: BulkDatabase,
  groupId: number,
  { streams, prefix = '' }: FilterEvents,
): Map<number, string> {
  const rows =
    streams === undefined
      ? database
          .prepare('SELECT id, name FROM streams WHERE group_id = ? AND name >= ? AND name < ?')
          .all(groupId, prefix, behind(prefix))
      : streams.flatMap((name) =>
          database.prepare('SELECT id, name FROM streams WHERE group_id = ? AND name = ?').all(groupId, name),
        );
  return new Map(rows.map(({ id, name }) => [id as number, name as string]));
}
