import { base64UrlId } from '../../../../lib/ids.ts';
import { invalidRequest, unsupported } from '../../errors.ts';
import { presentEncryption } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type { CreateMultipartUploadRequest } from '../../shapes.generated.ts';
import { isChecksumAlgorithm, takesType } from '../../state/object/checksum.ts';
import type { UploadRecord } from '../../state/upload/upload.ts';
import { recordOf } from '../object/object-record.ts';
import { bucketToWrite } from '../resolve/object.ts';

export const createMultipartUpload: S3Operation<'CreateMultipartUpload'> = async (s3, input, call) => {
  const { objects, random } = s3;
  const bucket = bucketToWrite(s3, call, input);
  const record: UploadRecord = { ...recordOf(bucket, input), ...checksumOf(input) };
  const id = base64UrlId(random, 64);
  await objects.database.write('beginUpload', {
    bucket: bucket.name,
    key: input.Key,
    id,
    started: call.now,
    record,
  });
  return {
    Bucket: bucket.name,
    Key: input.Key,
    UploadId: id,
    ...presentEncryption(record.encryption),
    ChecksumAlgorithm: record.checksumAlgorithm,
    ChecksumType: record.checksumType,
  };
};

function checksumOf({
  ChecksumAlgorithm: algorithm,
  ChecksumType: type,
}: CreateMultipartUploadRequest): Pick<UploadRecord, 'checksumAlgorithm' | 'checksumType'> {
  if (algorithm === undefined) {
    if (type !== undefined)
      throw invalidRequest(
        'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
      );
    return {};
  }
  if (!isChecksumAlgorithm(algorithm)) throw unsupported(`the checksum algorithm ${algorithm}`);
  const usual = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  if (!takesType(algorithm, type ?? usual))
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  return { checksumAlgorithm: algorithm, checksumType: type ?? usual };
}
