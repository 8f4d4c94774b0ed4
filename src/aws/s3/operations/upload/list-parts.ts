import { checksumMember } from '../../present/checksum.ts';
import { presentOwner, quoted } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type { StorageClass } from '../../shapes.generated.ts';
import { pageSize } from '../list/list-input.ts';
import { uploadOf } from './upload-of.ts';

export const listParts: S3Operation<'ListParts'> = async (s3, input, call) => {
  const { bucket, upload } = await uploadOf(s3, call, input);
  const size = pageSize(input.MaxParts, 'max-parts');
  const after = Number(input.PartNumberMarker ?? 0) || 0;
  const found = await s3.objects.database.read('listParts', { upload: upload.id, after, size });
  const shown = found.slice(0, size);
  const { owner, storageClass, checksumAlgorithm, checksumType } = upload.record;
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: size,
    IsTruncated: found.length > shown.length,
    Parts: shown.map(({ number, size: bytes, etag, modified, checksum }) => ({
      PartNumber: number,
      LastModified: modified / 1000,
      ETag: quoted(etag),
      Size: bytes,
      ...(checksumAlgorithm && checksumMember(checksumAlgorithm, checksum)),
    })),
    Initiator: presentOwner(owner),
    Owner: presentOwner(owner),
    StorageClass: storageClass as StorageClass,
    ChecksumAlgorithm: checksumAlgorithm,
    ChecksumType: checksumType,
  };
};
