// CompleteMultipartUpload: the object is its parts' files, one after the other; it is there in one step, or not at all.
import { createHash } from 'node:crypto';
import {
  badChecksum,
  entityTooSmall,
  invalidPart,
  invalidPartOrder,
  invalidRequest,
  malformedXml,
  noSuchUpload,
} from '../../errors.ts';
import { presentChecksum } from '../../present/checksum.ts';
import { presentEncryption, quoted } from '../../present/object.ts';
import type { S3Operation } from '../../s3.ts';
import type { CompletedPart, CompleteMultipartUploadRequest } from '../../shapes.generated.ts';
import { versioningOf } from '../../state/bucket/versioning.ts';
import { checksumOfParts, type Checksum } from '../../state/object/checksum.ts';
import type { NewVersion } from '../../state/object/version.ts';
import type { StoredPart, Upload } from '../../state/upload/upload.ts';
import { newVersionId } from '../../state/object/new-version-id.ts';
import { statedChecksum } from '../object/receive.ts';
import { bareEtag, conditionsOf, written } from '../object/write-outcome.ts';
import { bucketToWrite, shownVersion } from '../resolve/object.ts';
import { uploadOf } from './upload-of.ts';

const mostParts = 10_000;
/** "There is no minimum size limit on the last part." */
const smallestPart = 5 * 1024 ** 2;

export const completeMultipartUpload: S3Operation<'CompleteMultipartUpload'> = async (s3, input, call) => {
  const { objects, random } = s3;
  const conditions = conditionsOf(input);
  const { upload } = await uploadOf(s3, call, { ...input, VersionId: undefined });
  const stored = await objects.database.read('listParts', { upload: upload.id, after: 0, size: mostParts });
  const parts = chosenParts(upload, stored, input.MultipartUpload?.Parts ?? []);
  const version = versionOf(upload, parts);
  checkWhole(version, input);
  const bucket = bucketToWrite(s3, call, { ...input, VersionId: undefined });
  const outcome = await objects.database.write('completeUpload', {
    bucket: bucket.name,
    key: input.Key,
    upload: upload.id,
    parts: parts.map(({ number, etag }) => [number, etag] as const),
    versioning: versioningOf(bucket),
    versionId: newVersionId(random),
    modified: call.now,
    version,
    conditions,
  });
  if (outcome === undefined) throw noSuchUpload(upload.id);
  const { versionId, unused } = written(outcome, input.Key, input);
  objects.removeUnused(unused);
  return {
    Location: `/${bucket.name}/${input.Key.split('/').map(encodeURIComponent).join('/')}`,
    Bucket: bucket.name,
    Key: input.Key,
    ETag: quoted(version.etag),
    ...presentChecksum(version.record.checksum),
    ...presentEncryption(version.record.encryption),
    VersionId: shownVersion(bucket, versionId),
  };
};

/** The parts that are named, as they were uploaded. Throws InvalidPartOrder, InvalidPart, EntityTooSmall. */
function chosenParts(
  upload: Upload,
  stored: readonly StoredPart[],
  named: readonly CompletedPart[],
): StoredPart[] {
  if (named.length === 0) throw malformedXml();
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  let last = 0;
  const parts = named.map((one) => {
    const { PartNumber: number = 0, ETag: etag } = one;
    if (number <= last) throw invalidPartOrder(upload.id);
    last = number;
    const part = byNumber.get(number);
    if (
      part === undefined ||
      etag === undefined ||
      bareEtag(etag) !== part.etag ||
      !sameChecksum(upload, part, one)
    )
      throw invalidPart(upload.id, number, etag);
    return part;
  });
  for (const { number, size, etag } of parts.slice(0, -1))
    if (size < smallestPart)
      throw entityTooSmall({
        ProposedSize: size,
        MinSizeAllowed: smallestPart,
        PartNumber: number,
        ETag: etag,
      });
  return parts;
}

function sameChecksum({ record }: Upload, { checksum }: StoredPart, named: CompletedPart): boolean {
  if (record.checksumAlgorithm === undefined) return true;
  const stated = named[`Checksum${record.checksumAlgorithm}`];
  return stated === undefined || stated === checksum;
}

function versionOf({ record }: Upload, parts: readonly StoredPart[]): NewVersion {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  const { checksumAlgorithm, checksumType, ...own } = record;
  const checksum = checksumAlgorithm && summed(checksumAlgorithm, checksumType!, parts);
  return {
    size: parts.reduce((sum, { size }) => sum + size, 0),
    etag: `${md5.digest('hex')}-${parts.length}`,
    content: parts.flatMap(({ content }) => content),
    record: {
      ...own,
      checksum,
      parts: parts.map(({ number, size, checksum: value }) => ({ number, size, checksum: value })),
    },
  };
}

const summed = (
  algorithm: Checksum['algorithm'],
  type: Checksum['type'],
  parts: readonly StoredPart[],
): Checksum =>
  checksumOfParts(
    algorithm,
    type,
    parts.map(({ size, checksum }) => ({ size, checksum: checksum ?? '' })),
  );

/** What is said of the whole must be so. */
function checkWhole({ size, record }: NewVersion, input: CompleteMultipartUploadRequest): void {
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size)
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
    );
  const stated = statedChecksum(input);
  if (stated === undefined) return;
  if (stated.algorithm !== record.checksum?.algorithm || stated.value !== record.checksum.value)
    throw badChecksum(stated.algorithm);
}
