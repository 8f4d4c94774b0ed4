// Begins uploads in parts, takes their parts, and ends them: as an object, or as nothing.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { addPieces, dropPieces } from '../object/files.ts';
import { keyBytes } from '../object/read-versions.ts';
import { putVersion, type PutVersion, type Refusal, type Written } from '../object/write-versions.ts';
import { getUpload, listParts, partOf, type UploadName } from './read-uploads.ts';
import type { StoredPart, Upload } from './upload.ts';

export function beginUpload(database: BulkDatabase, { bucket, key, id, started, record }: Upload): void {
  database
    .prepare('INSERT INTO uploads VALUES (?, ?, ?, ?, ?)')
    .run(bucket, keyBytes(key), id, started, JSON.stringify(record));
}

export interface AddPart extends UploadName {
  readonly part: StoredPart;
  readonly fresh: string | undefined;
}

/** The part is there, in place of one of its number; answers the files that nothing lies in now, undefined where there is no such upload. */
export function addPart(database: BulkDatabase, { part, fresh, ...name }: AddPart): string[] | undefined {
  if (getUpload(database, name) === undefined) return undefined;
  addPieces(database, part.content, fresh);
  const { number, size, etag, modified, checksum, content } = part;
  const before = database.prepare('SELECT * FROM parts WHERE upload = ? AND number = ?').get(name.id, number);
  database
    .prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(name.id, number, size, etag, modified, checksum ?? null, JSON.stringify(content));
  return before === undefined ? [] : dropPieces(database, [partOf(before).content]);
}

/** What is to become of an upload: the version that its parts make. */
export interface CompleteUpload extends Omit<PutVersion, 'fresh'> {
  readonly upload: string;
  /** The parts that it was made of, as they were when they were read: number and ETag. */
  readonly parts: readonly (readonly [number: number, etag: string])[];
}

/** As `putVersion`; undefined where there is no such upload, or its parts are others by now. */
export function completeUpload(
  database: BulkDatabase,
  { upload, parts, ...put }: CompleteUpload,
): Written | Refusal | undefined {
  const name = { bucket: put.bucket, key: put.key, id: upload };
  if (getUpload(database, name) === undefined) return undefined;
  const find = database.prepare('SELECT etag FROM parts WHERE upload = ? AND number = ?');
  if (!parts.every(([number, etag]) => find.get(upload, number)?.['etag'] === etag)) return undefined;
  const written = putVersion(database, { ...put, fresh: undefined });
  if (typeof written === 'string') return written;
  return { ...written, unused: [...written.unused, ...takeAway(database, name)] };
}

/** The upload and its parts are gone; answers the files that nothing lies in now, undefined where there was no such upload. */
export function endUpload(database: BulkDatabase, name: UploadName): string[] | undefined {
  return getUpload(database, name) === undefined ? undefined : takeAway(database, name);
}

function takeAway(database: BulkDatabase, { bucket, key, id }: UploadName): string[] {
  const parts = listParts(database, { upload: id, after: 0, size: 10_000 });
  database.prepare('DELETE FROM parts WHERE upload = ?').run(id);
  database
    .prepare('DELETE FROM uploads WHERE bucket = ? AND key = ? AND id = ?')
    .run(bucket, keyBytes(key), id);
  return dropPieces(
    database,
    parts.map(({ content }) => content),
  );
}
