// Lets a version go that was found to have expired, unless the bucket's contents have changed since in what that was found by.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import type { Expiry } from '../lifecycle/expiry.ts';
import { getVersion, keyBytes, type VersionName } from './read-versions.ts';
import type { StoredVersion } from './version.ts';
import { deleteVersions, type DeleteVersions } from './write-versions.ts';

export interface ExpireVersion extends Omit<DeleteVersions, 'deletions'> {
  readonly expiry: Expiry;
  /** Of the marker, where one is made. */
  readonly markerId: string;
}

/** Answers the files that nothing lies in any more. */
export function expireVersion(
  database: BulkDatabase,
  { expiry, markerId, ...all }: ExpireVersion,
): readonly string[] {
  const { key, versionId } = expiry.version;
  const name = { bucket: all.bucket, key, versionId };
  const found = getVersion(database, name);
  if (found === undefined || !isAsFound(expiry, found)) return [];
  if (expiry.kind === 'marker' && !isAlone(database, name)) return [];
  const deletion = { key, markerId, versionId: expiry.kind === 'current' ? undefined : versionId };
  return deleteVersions(database, { ...all, deletions: [deletion] }).unused;
}

/** What is written over `null` has its id, and what is deleted before a version makes that the latest again. */
const isAsFound = ({ kind, version }: Expiry, { isLatest, isMarker, modified }: StoredVersion): boolean =>
  isLatest === (kind !== 'noncurrent') &&
  isMarker === version.isDeleteMarker &&
  modified === version.modifiedAt;

/** Without a marker that hides versions the object would be there again. */
const isAlone = (database: BulkDatabase, { bucket, key, versionId }: Required<VersionName>): boolean =>
  database
    .prepare('SELECT 1 FROM versions WHERE bucket = ? AND key = ? AND id <> ? LIMIT 1')
    .get(bucket, keyBytes(key), versionId!) === undefined;
