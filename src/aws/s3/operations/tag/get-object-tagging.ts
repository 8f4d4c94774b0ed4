import type { S3Operation } from '../../s3.ts';
import { objectOf, shownVersion } from '../resolve/object.ts';

export const getObjectTagging: S3Operation<'GetObjectTagging'> = async (s3, input, call) => {
  const { bucket, version } = await objectOf(s3, call, input, 'GET');
  return {
    VersionId: shownVersion(bucket, version.versionId),
    TagSet: version.record.tags.map(({ key, value }) => ({ Key: key, Value: value })),
  };
};
