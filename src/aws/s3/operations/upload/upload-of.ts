import type { Caller } from '../../../../wire/caller.ts';
import { noSuchUpload } from '../../errors.ts';
import type { S3 } from '../../s3.ts';
import type { Bucket } from '../../state/bucket/bucket.ts';
import type { Upload } from '../../state/upload/upload.ts';
import { bucketToRead, type ObjectInput } from '../resolve/object.ts';

export interface UploadInput extends ObjectInput {
  readonly UploadId: string;
}

/** The upload that is named; throws NoSuchUpload. */
export async function uploadOf(
  s3: S3,
  call: Caller,
  input: UploadInput,
): Promise<{ readonly bucket: Bucket; readonly upload: Upload }> {
  const bucket = bucketToRead(s3, call, { ...input, VersionId: undefined });
  const name = { bucket: bucket.name, key: input.Key, id: input.UploadId };
  const upload = await s3.objects.database.read('getUpload', name);
  if (upload === undefined) throw noSuchUpload(input.UploadId);
  return { bucket, upload };
}
