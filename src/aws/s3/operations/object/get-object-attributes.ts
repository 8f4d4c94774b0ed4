// GetObjectAttributes: what is asked for of an object, without its bytes.
import { presentChecksum, checksumMember } from '../../present/checksum.ts';
import { seconds } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type {
  GetObjectAttributesParts,
  GetObjectAttributesRequest,
  StorageClass,
} from '../../shapes.generated.ts';
import type { ObjectRecord } from '../../state/object/version.ts';
import { objectOf, shownVersion } from '../resolve/object.ts';
import { refuseUnsupported } from './object-record.ts';

const mostParts = 1000;

export const getObjectAttributes: S3Operation<'GetObjectAttributes'> = async (s3, input, call) => {
  refuseUnsupported(input);
  const { bucket, version } = await objectOf(s3, call, input, 'GET');
  const { record } = version;
  const asked = new Set(input.ObjectAttributes);
  return {
    LastModified: seconds(version.modified),
    VersionId: shownVersion(bucket, version.versionId),
    ETag: asked.has('ETag') ? version.etag : undefined,
    Checksum:
      asked.has('Checksum') && record.checksum !== undefined ? presentChecksum(record.checksum) : undefined,
    ObjectParts: asked.has('ObjectParts') ? partsOf(record, input) : undefined,
    StorageClass: asked.has('StorageClass') ? (record.storageClass as StorageClass) : undefined,
    ObjectSize: asked.has('ObjectSize') ? version.size : undefined,
  };
};

function partsOf(
  { parts, checksum }: ObjectRecord,
  { MaxParts: asked = mostParts, PartNumberMarker: marker = '0' }: GetObjectAttributesRequest,
): GetObjectAttributesParts | undefined {
  if (parts === undefined) return undefined;
  // "This response element is returned only if the object has additional checksums": the parts themselves.
  const summed = checksum === undefined ? [] : parts.filter(({ number }) => number > Number(marker));
  const shown = summed.slice(0, Math.min(asked, mostParts));
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: asked,
    IsTruncated: shown.length < summed.length,
    Parts: shown.map(({ number, size, checksum: value }) => ({
      PartNumber: number,
      Size: size,
      ...checksumMember(checksum!.algorithm, value),
    })),
  };
}
