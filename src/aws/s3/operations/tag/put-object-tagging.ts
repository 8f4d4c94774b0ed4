import type { S3Operation } from '../../s3.ts';
import { objectOf, shownVersion } from '../resolve/object.ts';
import { changeRecord } from '../resolve/change-record.ts';
import { objectTagsOf } from './tag-set.ts';

export const putObjectTagging: S3Operation<'PutObjectTagging'> = async (s3, input, call) => {
  const tags = objectTagsOf(input.Tagging.TagSet);
  const { bucket, version } = await objectOf(s3, call, input, 'PUT');
  await changeRecord(s3, call, input, version, { tags });
  return { VersionId: shownVersion(bucket, version.versionId) };
};
