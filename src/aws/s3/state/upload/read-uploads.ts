// Reads uploads in parts.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { Content } from '../object/content.ts';
import { keyRange, listPage, type Listed } from '../object/key-range.ts';
import type { ListObjects } from '../object/list.ts';
import { keyBytes, keyText, type VersionRow } from '../object/read-versions.ts';
import type { StoredPart, Upload, UploadRecord } from './upload.ts';

export interface UploadName {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
}

const uploadOf = (row: VersionRow): Upload => ({
  bucket: row['bucket'] as string,
  key: keyText(row['key']),
  id: row['id'] as string,
  started: row['started'] as number,
  record: JSON.parse(row['record'] as string) as UploadRecord,
});

export function getUpload(database: BulkDatabase, { bucket, key, id }: UploadName): Upload | undefined {
  const row = database
    .prepare('SELECT * FROM uploads WHERE bucket = ? AND key = ? AND id = ?')
    .get(bucket, keyBytes(key), id);
  return row && uploadOf(row);
}

export interface ListUploads extends ListObjects {
  /** The upload of the key `after` behind which the list begins; default behind all of them. */
  readonly afterUpload?: string | undefined;
}

/** By key, and those of a key by their ids. */
export function listUploads(
  database: BulkDatabase,
  { bucket, size, afterUpload, ...asked }: ListUploads,
): Listed<Upload> {
  const range = keyRange(asked);
  const { after } = asked;
  const rows = database.prepare(
    'SELECT * FROM uploads WHERE bucket = ? AND (key, id) > (?, ?) AND key < ? ORDER BY key, id',
  );
  const isStart = (from: Buffer): boolean =>
    from === range.from && afterUpload !== undefined && after !== undefined;
  return listPage(
    (from) =>
      isStart(from)
        ? rows.iterate(bucket, keyBytes(after!), afterUpload!, range.end)
        : rows.iterate(bucket, from, '', range.end),
    range,
    size,
    uploadOf,
  );
}

export interface ListParts {
  readonly upload: string;
  /** The number behind which the list begins. */
  readonly after: number;
  readonly size: number;
}

/** Parts by number, one more than asked for where there are more. */
export const listParts = (database: BulkDatabase, { upload, after, size }: ListParts): StoredPart[] =>
  database
    .prepare('SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?')
    .all(upload, after, size + 1)
    .map(partOf);

export const partOf = (row: VersionRow): StoredPart => ({
  number: row['number'] as number,
  size: row['size'] as number,
  etag: row['etag'] as string,
  modified: row['modified'] as number,
  checksum: (row['checksum'] as string | null) ?? undefined,
  content: JSON.parse(row['content'] as string) as Content,
});
