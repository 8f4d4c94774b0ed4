import type { S3Operation } from '../../s3.ts';
import { objectOf, shownVersion } from '../resolve/object.ts';
import { changeRecord } from '../resolve/change-record.ts';

export const deleteObjectTagging: S3Operation<'DeleteObjectTagging'> = async (s3, input, call) => {
  const { bucket, version } = await objectOf(s3, call, input, 'DELETE');
  await changeRecord(s3, call, input, version, { tags: [] });
  return { VersionId: shownVersion(bucket, version.versionId) };
};
