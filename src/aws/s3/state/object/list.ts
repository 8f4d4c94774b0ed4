// Lists of objects and of their versions, as pages.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { keyRange, listPage, type Listed, type ListRange } from './key-range.ts';
import { keyBytes, versionOf } from './read-versions.ts';
import type { ObjectVersion } from './version.ts';

export interface ListObjects extends ListRange {
  readonly bucket: string;
  readonly size: number;
}

const columns = 'key, id, latest, marker, size, etag, modified, record';

/** The objects that are there, each as its latest version. */
export function listObjects(
  database: BulkDatabase,
  { bucket, size, ...asked }: ListObjects,
): Listed<ObjectVersion> {
  const range = keyRange(asked);
  const rows = database.prepare(
    `SELECT ${columns} FROM versions INDEXED BY shown
     WHERE bucket = ? AND latest = 1 AND marker = 0 AND key >= ? AND key < ? ORDER BY key`,
  );
  return listPage((from) => rows.iterate(bucket, from, range.end), range, size, versionOf);
}

export interface ListVersions extends ListObjects {
  /** The version of the key `after` behind which the list begins; default behind all of them. */
  readonly afterVersion?: string | undefined;
}

/** All versions and markers, those of a key from the newest on. */
export function listVersions(
  database: BulkDatabase,
  { bucket, size, afterVersion, ...asked }: ListVersions,
): Listed<ObjectVersion> {
  const range = keyRange(asked);
  const { after } = asked;
  const rank = after === undefined ? undefined : rankOf(database, bucket, after, afterVersion);
  if (rank === undefined) {
    const rows = database.prepare(
      `SELECT ${columns} FROM versions WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key, rank`,
    );
    return listPage((from) => rows.iterate(bucket, from, range.end), range, size, versionOf);
  }
  const rows = database.prepare(
    `SELECT ${columns} FROM versions WHERE bucket = ? AND (key, rank) > (?, ?) AND key < ? ORDER BY key, rank`,
  );
  const start = keyBytes(after!);
  const isStart = (from: Buffer): boolean => from === range.from;
  const before = -Number.MAX_SAFE_INTEGER;
  return listPage(
    (from) => rows.iterate(bucket, isStart(from) ? start : from, isStart(from) ? rank : before, range.end),
    range,
    size,
    versionOf,
  );
}

function rankOf(
  database: BulkDatabase,
  bucket: string,
  key: string,
  versionId: string | undefined,
): number | undefined {
  if (versionId === undefined) return undefined;
  const found = database
    .prepare('SELECT rank FROM versions WHERE bucket = ? AND key = ? AND id = ?')
    .get(bucket, keyBytes(key), versionId);
  return found?.['rank'] as number | undefined;
}
