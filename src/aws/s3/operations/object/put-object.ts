// PutObject: the body flows into a file; the object is there once all of it was found to be what was sent, and never before.
import type { S3Operation } from '../../s3.ts';
import { presentChecksum } from '../../present/checksum.ts';
import { presentEncryption, quoted } from '../../present/object.ts';
import { versioningOf } from '../../state/bucket/versioning.ts';
import { bucketToWrite, shownVersion } from '../resolve/object.ts';
import { newVersionId } from '../../state/object/new-version-id.ts';
import { recordOf } from './object-record.ts';
import { orDiscarded, receive } from './receive.ts';
import { conditionsOf, written } from './write-outcome.ts';

export const putObject: S3Operation<'PutObject'> = async (s3, input, call) => {
  const { objects, random } = s3;
  const conditions = conditionsOf(input);
  const record = recordOf(bucketToWrite(s3, call, input), input);
  const { file, content, size, md5, checksum } = await receive(objects, input.Body, input);
  const summed = checksum && { ...checksum, type: 'FULL_OBJECT' as const };
  return orDiscarded(objects, file, async () => {
    const bucket = bucketToWrite(s3, call, input);
    const outcome = await objects.database.write('putVersion', {
      bucket: bucket.name,
      key: input.Key,
      versioning: versioningOf(bucket),
      versionId: newVersionId(random),
      modified: call.now,
      version: { size, etag: md5, content, record: { ...record, checksum: summed } },
      fresh: file,
      conditions,
    });
    const { versionId, unused } = written(outcome, input.Key, input);
    objects.removeUnused(unused);
    return {
      ETag: quoted(md5),
      ...presentChecksum(summed),
      ...presentEncryption(record.encryption),
      VersionId: shownVersion(bucket, versionId),
    };
  });
};
