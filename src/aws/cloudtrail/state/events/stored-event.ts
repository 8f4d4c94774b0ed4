import type { TrailEvent, StoredEvent } from './trail-event.ts';

export const storedResources = (row: Readonly<Record<string, unknown>>): TrailEvent['resources'] =>
  JSON.parse(row['resources'] as string) as TrailEvent['resources'];

/** A row of the table of events as an event of that account and region. */
export const storedEvent = (
  row: Readonly<Record<string, unknown>>,
  { accountId, region }: Pick<TrailEvent, 'accountId' | 'region'>,
): StoredEvent => ({
  seq: row['seq'] as number,
  id: row['id'] as string,
  accountId,
  region,
  time: row['time'] as number,
  source: row['source'] as string,
  name: row['name'] as string,
  user: row['user'] as string | null,
  accessKey: row['access_key'] as string | null,
  readOnly: row['read_only'] === 1,
  denied: row['denied'] === 1,
  error: row['error'] as string | null,
  resources: storedResources(row),
  record: row['record'] as string,
});
