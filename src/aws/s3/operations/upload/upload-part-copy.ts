// UploadPartCopy: a part that shares the files of an object.
import { invalidArgument, noSuchKey, noSuchUpload } from '../../errors.ts';
import { checksumMember } from '../../present/checksum.ts';
import { presentEncryption, quoted, seconds } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import { copied, copySource } from '../object/copy-source.ts';
import { refuseUnsupported } from '../object/object-record.ts';
import { bucketToWrite, shownVersion } from '../resolve/object.ts';
import { checkPartNumber } from './part-number.ts';
import { uploadOf } from './upload-of.ts';

export const uploadPartCopy: S3Operation<'UploadPartCopy'> = async (s3, input, call) => {
  refuseUnsupported(input);
  checkPartNumber(input.PartNumber);
  const { upload } = await uploadOf(s3, call, input);
  const { checksumAlgorithm: algorithm, encryption } = upload.record;
  const hold = s3.objects.hold();
  try {
    const source = await copySource(s3, input, call);
    const [start, length] = sourceRange(input.CopySourceRange, source.version.size);
    const { content, size, md5, checksum } = await copied(s3, source, start, length, algorithm);
    const bucket = bucketToWrite(s3, call, { ...input, VersionId: undefined });
    const unused = await s3.objects.database.write('addPart', {
      bucket: bucket.name,
      key: input.Key,
      id: upload.id,
      fresh: undefined,
      part: { number: input.PartNumber, size, etag: md5, modified: call.now, checksum, content },
    });
    if (unused === undefined) throw noSuchUpload(upload.id);
    s3.objects.removeUnused(unused);
    return {
      CopySourceVersionId: shownVersion(source.bucket, source.version.versionId),
      CopyPartResult: {
        ETag: quoted(md5),
        LastModified: seconds(call.now),
        ...(algorithm && checksumMember(algorithm, checksum)),
      },
      ...presentEncryption(encryption),
    };
  } catch (error) {
    throw (error as Error).name === 'SourceGone' ? noSuchKey(input.Key) : error;
  } finally {
    hold.release();
  }
};

/** Where to begin, and how many bytes: both ends must be named, and be there. */
function sourceRange(text: string | undefined, size: number): readonly [start: number, size: number] {
  if (text === undefined) return [0, size];
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? [];
  if (from === undefined || Number(to) < Number(from))
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      text,
    );
  if (Number(to) >= size)
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      'x-amz-copy-source-range',
      text,
    );
  return [Number(from), Number(to) - Number(from) + 1];
}
