// Writes versions and takes them away, by what the bucket says of versions. Each answers the files that nothing lies in any more.
import type { BulkDatabase } from '../../../../bulk/bulk-database.ts';
import { addPieces, dropPieces } from './files.ts';
import { getVersion, keyBytes, type VersionName } from './read-versions.ts';
import type { NewVersion, ObjectRecord, StoredVersion } from './version.ts';

/** What a bucket does with what is written over: undefined where it never had versions. */
export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** What must be so of the latest version, or nothing is written. */
export interface WriteConditions {
  /** An ETag, or `*`: there must be an object. */
  readonly ifMatch?: string | undefined;
  /** There must be none. */
  readonly ifNoneMatch?: boolean | undefined;
}

export interface PutVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versioning: Versioning;
  /** Of the version, where the bucket has versions. */
  readonly versionId: string;
  readonly modified: number;
  readonly version: NewVersion;
  /** The file that was written for it, if one was. */
  readonly fresh: string | undefined;
  readonly conditions: WriteConditions;
}

export type Refusal = 'no such key' | 'precondition failed';

export interface Written {
  readonly versionId: string;
  readonly unused: readonly string[];
}

/** What is not as it must be; undefined where all is. */
function refusal(
  latest: StoredVersion | undefined,
  { ifMatch, ifNoneMatch }: WriteConditions,
): Refusal | undefined {
  const there = latest === undefined || latest.isMarker ? undefined : latest;
  if (ifNoneMatch === true && there !== undefined) return 'precondition failed';
  if (ifMatch === undefined) return undefined;
  if (there === undefined) return 'no such key';
  return ifMatch === '*' || ifMatch === there.etag ? undefined : 'precondition failed';
}

/** The version is the latest from now on; or why it is not. */
export function putVersion(database: BulkDatabase, put: PutVersion): Written | Refusal {
  const { bucket, key, versioning, conditions, version, fresh } = put;
  const refused = refusal(getVersion(database, { bucket, key }), conditions);
  if (refused !== undefined) return refused;
  addPieces(database, version.content, fresh);
  const versionId = versioning === 'Enabled' ? put.versionId : 'null';
  const unused = versionId === 'null' ? takeAway(database, { bucket, key, versionId }) : [];
  insert(
    database,
    { ...version, key, versionId, isLatest: true, isMarker: false, modified: put.modified },
    bucket,
  );
  return { versionId, unused };
}

/** Which version is to be deleted; undefined says the object, which in a bucket with versions gets a marker. */
export interface DeleteVersion {
  readonly key: string;
  readonly versionId?: string | undefined;
  /** Of the marker, where one is made. */
  readonly markerId: string;
  /** The latest, or the version named, must have it, or be there at all: `*`. */
  readonly ifMatch?: string | undefined;
}

export interface Deleted {
  /** Of what was deleted or made; undefined where the bucket never had versions. */
  readonly versionId?: string | undefined;
  /** Whether a marker was made, or was deleted. */
  readonly isMarker: boolean;
}

export interface DeleteVersions {
  readonly bucket: string;
  readonly versioning: Versioning;
  readonly owner: string;
  readonly now: number;
  readonly deletions: readonly DeleteVersion[];
}

/** What became of each, in their order. That nothing was there is no error. */
export function deleteVersions(
  database: BulkDatabase,
  { deletions, ...all }: DeleteVersions,
): { readonly deleted: readonly (Deleted | Refusal)[]; readonly unused: readonly string[] } {
  const unused: string[] = [];
  const deleted = deletions.map((one) => deleteOne(database, all, one, unused));
  return { deleted, unused };
}

function deleteOne(
  database: BulkDatabase,
  { bucket, versioning, owner, now }: Omit<DeleteVersions, 'deletions'>,
  { key, versionId, markerId, ifMatch }: DeleteVersion,
  unused: string[],
): Deleted | Refusal {
  const found = getVersion(database, { bucket, key, versionId });
  const refused = ifMatch === undefined ? undefined : refusal(found, { ifMatch });
  if (refused !== undefined) return refused;
  if (versionId !== undefined) {
    unused.push(...takeAway(database, { bucket, key, versionId }));
    return { versionId, isMarker: found?.isMarker === true };
  }
  if (versioning === undefined) {
    unused.push(...takeAway(database, { bucket, key, versionId: 'null' }));
    return { isMarker: false };
  }
  const id = versioning === 'Enabled' ? markerId : 'null';
  if (id === 'null') unused.push(...takeAway(database, { bucket, key, versionId: id }));
  insert(database, markerOf(key, id, owner, now), bucket);
  return { versionId: id, isMarker: true };
}

const markerOf = (key: string, versionId: string, owner: string, modified: number): StoredVersion => ({
  key,
  versionId,
  isLatest: true,
  isMarker: true,
  size: 0,
  etag: '',
  modified,
  content: [],
  record: {
    headers: {},
    metadata: {},
    tags: [],
    storageClass: 'STANDARD',
    encryption: { algorithm: 'AES256' },
    owner,
    acl: 'private',
  },
});

function insert(database: BulkDatabase, version: StoredVersion, bucket: string): void {
  const key = keyBytes(version.key);
  database
    .prepare('UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1')
    .run(bucket, key);
  const { rank } = database.prepare('UPDATE last_rank SET rank = rank - 1 RETURNING rank').get()!;
  database
    .prepare('INSERT INTO versions VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)')
    .run(
      bucket,
      key,
      rank as number,
      version.versionId,
      version.isMarker ? 1 : 0,
      version.size,
      version.etag,
      version.modified,
      JSON.stringify(version.record),
      JSON.stringify(version.content),
    );
}

/** Takes a version away for good; the next older one is the latest then. */
function takeAway(database: BulkDatabase, name: Required<VersionName>): string[] {
  const found = getVersion(database, name);
  if (found === undefined) return [];
  const key = keyBytes(name.key);
  database
    .prepare('DELETE FROM versions WHERE bucket = ? AND key = ? AND id = ?')
    .run(name.bucket, key, name.versionId!);
  if (found.isLatest)
    database
      .prepare(
        `UPDATE versions SET latest = 1 WHERE bucket = ?1 AND key = ?2
         AND rank = (SELECT min(rank) FROM versions WHERE bucket = ?1 AND key = ?2)`,
      )
      .run(name.bucket, key);
  return dropPieces(database, [found.content]);
}

/** Changes what is known of a version beside its bytes; answers it as it is then, undefined where there is none. */
export function changeRecord(
  database: BulkDatabase,
  { change, ...name }: VersionName & { readonly change: Partial<ObjectRecord> },
): StoredVersion | undefined {
  const found = getVersion(database, name);
  if (found === undefined || found.isMarker) return found;
  const record = { ...found.record, ...change };
  database
    .prepare('UPDATE versions SET record = ? WHERE bucket = ? AND key = ? AND id = ?')
    .run(JSON.stringify(record), name.bucket, keyBytes(name.key), found.versionId);
  return { ...found, record };
}

/** Whether no version, marker or upload is in the bucket. */
export const isEmpty = (database: BulkDatabase, bucket: string): boolean =>
  database.prepare('SELECT 1 FROM versions WHERE bucket = ? LIMIT 1').get(bucket) === undefined &&
  database.prepare('SELECT 1 FROM uploads WHERE bucket = ? LIMIT 1').get(bucket) === undefined;
