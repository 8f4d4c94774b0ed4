// The object, or the version of one, that an operation names.
import type { Caller } from '../../../../wire/caller.ts';
import { deletedKey, keyTooLong, markerNotReadable, noSuchKey, noSuchVersion } from '../../errors.ts';
import type { S3 } from '../../s3.ts';
import type { Bucket } from '../../state/bucket/bucket.ts';
import { versioningOf } from '../../state/bucket/versioning.ts';
import type { StoredVersion } from '../../state/object/version.ts';
import { bucketOf, bucketToChange, type BucketInput } from './bucket.ts';

export interface ObjectInput extends BucketInput {
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

export interface FoundObject {
  readonly bucket: Bucket;
  readonly version: StoredVersion;
}

const longestKey = 1024;

/** Throws KeyTooLongError. */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > longestKey) throw keyTooLong(size);
}

/** The bucket of an object that is to be read. */
export function bucketToRead({ store }: S3, call: Caller, input: ObjectInput): Bucket {
  checkKey(input.Key);
  return store.view((tx) => bucketOf(tx, call, input));
}

/** The bucket of an object that is to be written, as it is now: whoever has waited since asks again. */
export function bucketToWrite({ store }: S3, call: Caller, input: ObjectInput): Bucket {
  checkKey(input.Key);
  return store.view((tx) => bucketToChange(tx, call, input));
}

/** The version that is named, or the latest. Throws NoSuchKey, NoSuchVersion, MethodNotAllowed of a marker. */
export async function objectOf(
  s3: S3,
  call: Caller,
  input: ObjectInput,
  method: string,
): Promise<FoundObject> {
  const bucket = bucketToRead(s3, call, input);
  const { Key: key, VersionId: versionId } = input;
  const version = await s3.objects.database.read('getVersion', { bucket: bucket.name, key, versionId });
  if (version === undefined) throw versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
  if (!version.isMarker) return { bucket, version };
  throw versionId === undefined ? deletedKey(key, version.versionId) : markerNotReadable(versionId, method);
}

/** The id of a version as answers tell it: not at all where the bucket never had versions. */
export const shownVersion = (bucket: Bucket, versionId: string): string | undefined =>
  versioningOf(bucket) === undefined && versionId === 'null' ? undefined : versionId;
