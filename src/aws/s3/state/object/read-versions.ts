// Reads versions by their key.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { StoredVersion } from './version.ts';

export interface VersionName {
  readonly bucket: string;
  readonly key: string;
  /** Default the latest. */
  readonly versionId?: string | undefined;
}

export type VersionRow = Readonly<Record<string, unknown>>;

export const keyBytes = (key: string): Buffer => Buffer.from(key, 'utf8');
export const keyText = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('utf8');

/** The version of a row that has all columns. */
export function versionOf(row: VersionRow): StoredVersion {
  return {
    key: keyText(row['key']),
    versionId: row['id'] as string,
    isLatest: row['latest'] === 1,
    isMarker: row['marker'] === 1,
    size: row['size'] as number,
    etag: row['etag'] as string,
    modified: row['modified'] as number,
    record: JSON.parse(row['record'] as string) as StoredVersion['record'],
    content: JSON.parse((row['content'] as string | undefined) ?? '[]') as StoredVersion['content'],
  };
}

/** The version; undefined where there is none. */
export function getVersion(
  database: BulkDatabase,
  { bucket, key, versionId }: VersionName,
): StoredVersion | undefined {
  const row =
    versionId === undefined
      ? database
          .prepare('SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY rank LIMIT 1')
          .get(bucket, keyBytes(key))
      : database
          .prepare('SELECT * FROM versions WHERE bucket = ? AND key = ? AND id = ?')
          .get(bucket, keyBytes(key), versionId);
  return row && versionOf(row);
}
