import { noSuchUpload } from '../../errors.ts';
import type { S3Operation } from '../../s3.ts';
import { bucketToWrite } from '../resolve/object.ts';

export const abortMultipartUpload: S3Operation<'AbortMultipartUpload'> = async (s3, input, call) => {
  const { name } = bucketToWrite(s3, call, input);
  const unused = await s3.objects.database.write('endUpload', {
    bucket: name,
    key: input.Key,
    id: input.UploadId,
  });
  if (unused === undefined) throw noSuchUpload(input.UploadId);
  s3.objects.removeUnused(unused);
  return {};
};
