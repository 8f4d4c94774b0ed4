// Changes what is known of a version that was found before.
import type { Caller } from '../../../../wire/caller.ts';
import { noSuchKey } from '../../errors.ts';
import type { S3 } from '../../s3.ts';
import type { ObjectRecord, StoredVersion } from '../../state/object/version.ts';
import { bucketToWrite, type ObjectInput } from './object.ts';

/** Throws NoSuchKey where it is gone meanwhile. */
export async function changeRecord(
  s3: S3,
  call: Caller,
  input: ObjectInput,
  { key, versionId }: StoredVersion,
  change: Partial<ObjectRecord>,
): Promise<void> {
  const bucket = bucketToWrite(s3, call, input).name;
  const changed = await s3.objects.database.write('changeRecord', { bucket, key, versionId, change });
  if (changed === undefined) throw noSuchKey(key);
}
