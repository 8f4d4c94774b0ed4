// DeleteObject: a version for good, or the object; what was not there is no error.
import type { S3Operation } from '../../s3.ts';
import { versioningOf } from '../../state/bucket/versioning.ts';
import { bucketToWrite, shownVersion } from '../resolve/object.ts';
import { newVersionId } from '../../state/object/new-version-id.ts';
import { bareEtag, written } from './write-outcome.ts';

export const deleteObject: S3Operation<'DeleteObject'> = async (s3, input, call) => {
  const { objects, random } = s3;
  const bucket = bucketToWrite(s3, call, input);
  const { Key: key, VersionId: versionId, IfMatch: ifMatch } = input;
  const { deleted, unused } = await objects.database.write('deleteVersions', {
    bucket: bucket.name,
    versioning: versioningOf(bucket),
    owner: bucket.accountId,
    now: call.now,
    deletions: [
      {
        key,
        versionId,
        markerId: newVersionId(random),
        ifMatch: ifMatch === undefined ? undefined : bareEtag(ifMatch),
      },
    ],
  });
  objects.removeUnused(unused);
  const { versionId: told, isMarker } = written(deleted[0]!, key, input);
  return {
    VersionId: told === undefined ? undefined : shownVersion(bucket, told),
    DeleteMarker: isMarker ? true : undefined,
  };
};
