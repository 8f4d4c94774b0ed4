// Writes events, in their order; one that is there already is left alone, so that a batch can be tried again.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { TrailEvent } from './trail-event.ts';

export function writeEvents(database: BulkDatabase, events: readonly TrailEvent[]): void {
  for (const event of events) writeEvent(database, event);
}

function writeEvent(database: BulkDatabase, event: TrailEvent): void {
  const scope = scopeId(database, event);
  const { id, time, source, name, user, accessKey, readOnly, denied, error, resources, record } = event;
  const { changes, lastInsertRowid: seq } = database
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
  if (changes === 0) return;
  const add = database.prepare(
    'INSERT OR IGNORE INTO resources (scope, name, time, seq, type) VALUES (?, ?, ?, ?, ?)',
  );
  for (const resource of indexed(resources)) add.run(scope, resource.name, time, seq, resource.type);
}

/** An ARN is found by the name in it. */
export const indexed = (resources: TrailEvent['resources']): TrailEvent['resources'] =>
  resources.filter(({ name }) => !name.startsWith('arn:'));

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
