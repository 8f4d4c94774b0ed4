// UploadPart: the body flows into a file of its own, which the object will be made of.
import { invalidRequest, noSuchUpload } from '../../errors.ts';
import { checksumMember } from '../../present/checksum.ts';
import { presentEncryption, quoted } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type { UploadRecord } from '../../state/upload/upload.ts';
import { orDiscarded, receive, type ReceivedChecksum } from '../object/receive.ts';
import { refuseUnsupported } from '../object/object-record.ts';
import { bucketToWrite } from '../resolve/object.ts';
import { checkPartNumber } from './part-number.ts';
import { uploadOf } from './upload-of.ts';

export const uploadPart: S3Operation<'UploadPart'> = async (s3, input, call) => {
  refuseUnsupported(input);
  checkPartNumber(input.PartNumber);
  const { upload } = await uploadOf(s3, call, input);
  const { checksumAlgorithm } = upload.record;
  const { file, content, size, md5, checksum } = await receive(s3.objects, input.Body, input);
  await orDiscarded(s3.objects, file, async () => {
    checkAlgorithm(upload.record, checksum);
    const bucket = bucketToWrite(s3, call, input);
    const unused = await s3.objects.database.write('addPart', {
      bucket: bucket.name,
      key: input.Key,
      id: upload.id,
      fresh: file,
      part: {
        number: input.PartNumber,
        size,
        etag: md5,
        modified: call.now,
        checksum: checksumAlgorithm === undefined ? undefined : checksum?.value,
        content,
      },
    });
    if (unused === undefined) throw noSuchUpload(upload.id);
    s3.objects.removeUnused(unused);
  });
  return {
    ETag: quoted(md5),
    ...(checksum && checksumMember(checksum.algorithm, checksum.value)),
    ...presentEncryption(upload.record.encryption),
  };
};

/** An object's checksum is made of those of its parts: they must all be of its algorithm. */
function checkAlgorithm(
  { checksumAlgorithm: wanted }: UploadRecord,
  checksum: ReceivedChecksum | undefined,
): void {
  if (wanted === undefined || checksum?.algorithm === wanted) return;
  const given = checksum?.algorithm.toLowerCase() ?? 'null';
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${wanted.toLowerCase()}, actual checksum Type: ${given}`,
  );
}
