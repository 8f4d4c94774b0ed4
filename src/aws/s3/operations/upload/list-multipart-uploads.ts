import { presentOwner } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type { StorageClass } from '../../shapes.generated.ts';
import { keyWriter, optional, pageSize, placeOf, prefixesOf, rowsOf } from '../list/list-input.ts';
import { bucketOf } from '../resolve/bucket.ts';

export const listMultipartUploads: S3Operation<'ListMultipartUploads'> = async (
  { store, objects },
  input,
  call,
) => {
  const { name } = store.view((tx) => bucketOf(tx, call, input));
  const { Prefix: prefix, Delimiter: delimiter, KeyMarker: after, UploadIdMarker: marker } = input;
  const size = pageSize(input.MaxUploads, 'max-uploads');
  // "If key-marker is not specified, the upload-id-marker parameter is ignored."
  const afterUpload = after ? marker || undefined : undefined;
  const asked = { bucket: name, prefix, delimiter, after, afterUpload, size };
  const { entries, isTruncated } = await objects.database.read('listUploads', asked);
  const write = keyWriter(input.EncodingType);
  const last = isTruncated ? entries.at(-1) : undefined;
  return {
    Bucket: name,
    KeyMarker: write(after ?? ''),
    UploadIdMarker: marker ?? '',
    NextKeyMarker: optional(placeOf(last), write),
    NextUploadIdMarker: last !== undefined && 'row' in last ? last.row.id : undefined,
    Prefix: write(prefix ?? ''),
    Delimiter: optional(delimiter, write),
    MaxUploads: size,
    IsTruncated: isTruncated,
    Uploads: rowsOf(entries).map(({ key, id, started, record }) => ({
      UploadId: id,
      Key: write(key),
      Initiated: started / 1000,
      StorageClass: record.storageClass as StorageClass,
      Owner: presentOwner(record.owner),
      Initiator: presentOwner(record.owner),
      ChecksumAlgorithm: record.checksumAlgorithm,
      ChecksumType: record.checksumType,
    })),
    CommonPrefixes: prefixesOf(entries, write),
    EncodingType: input.EncodingType,
  };
};
