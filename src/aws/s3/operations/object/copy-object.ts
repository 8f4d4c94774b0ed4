// CopyObject: the copy shares the files of its source, so that nothing is written twice.
import { invalidRequest, noSuchKey } from '../../errors.ts';
import { presentChecksum } from '../../present/checksum.ts';
import { presentEncryption, quoted, seconds } from '../../present/object.ts';
import type { S3, S3Operation } from '../../s3.ts';
import type { CopyObjectRequest } from '../../shapes.generated.ts';
import type { Bucket } from '../../state/bucket/bucket.ts';
import { versioningOf } from '../../state/bucket/versioning.ts';
import { isChecksumAlgorithm, type Checksum } from '../../state/object/checksum.ts';
import type { NewVersion, ObjectRecord } from '../../state/object/version.ts';
import { bucketToWrite, shownVersion } from '../resolve/object.ts';
import { copied, copySource, type CopySource } from './copy-source.ts';
import { newVersionId } from '../../state/object/new-version-id.ts';
import { recordOf } from './object-record.ts';
import { conditionsOf, written } from './write-outcome.ts';

export const copyObject: S3Operation<'CopyObject'> = async (s3, input, call) => {
  const { objects, random } = s3;
  const conditions = conditionsOf(input);
  const own = recordOf(bucketToWrite(s3, call, input), input);
  const hold = objects.hold();
  try {
    const source = await copySource(s3, input, call);
    checkChanges(source, input);
    const version = await newVersion(s3, source, input, copiedRecord(own, source, input));
    const bucket = bucketToWrite(s3, call, input);
    const outcome = await objects.database.write('putVersion', {
      bucket: bucket.name,
      key: input.Key,
      versioning: versioningOf(bucket),
      versionId: newVersionId(random),
      modified: call.now,
      version,
      fresh: undefined,
      conditions,
    });
    const { versionId, unused } = written(outcome, input.Key, input);
    objects.removeUnused(unused);
    return {
      CopyObjectResult: {
        ETag: quoted(version.etag),
        LastModified: seconds(call.now),
        ...presentChecksum(version.record.checksum),
      },
      CopySourceVersionId: shownSource(source.bucket, source),
      VersionId: shownVersion(bucket, versionId),
      ...presentEncryption(version.record.encryption),
    };
  } catch (error) {
    throw (error as Error).name === 'SourceGone' ? noSuchKey(input.Key) : error;
  } finally {
    hold.release();
  }
};

const shownSource = (bucket: Bucket, { version }: CopySource): string | undefined =>
  shownVersion(bucket, version.versionId);

/** Copying an object onto itself must change something. */
function checkChanges({ bucket, version, isVersion }: CopySource, input: CopyObjectRequest): void {
  if (bucket.name !== input.Bucket || version.key !== input.Key || isVersion) return;
  const changes = [
    input.MetadataDirective === 'REPLACE',
    input.TaggingDirective === 'REPLACE',
    input.StorageClass !== undefined && input.StorageClass !== version.record.storageClass,
    input.WebsiteRedirectLocation !== undefined,
    input.ServerSideEncryption !== undefined,
    input.ChecksumAlgorithm !== undefined,
  ];
  if (!changes.includes(true))
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
}

/** Headers and tags are those of the source, unless they are to be replaced. */
function copiedRecord(own: ObjectRecord, { version }: CopySource, input: CopyObjectRequest): ObjectRecord {
  const { record } = version;
  const { websiteRedirectLocation } = own.headers;
  return {
    ...own,
    ...(input.MetadataDirective !== 'REPLACE' && {
      headers: { ...record.headers, websiteRedirectLocation },
      metadata: record.metadata,
    }),
    ...(input.TaggingDirective !== 'REPLACE' && { tags: record.tags }),
  };
}

async function newVersion(
  s3: S3,
  source: CopySource,
  { ChecksumAlgorithm: asked }: CopyObjectRequest,
  record: ObjectRecord,
): Promise<NewVersion> {
  const { version } = source;
  const before = version.record.checksum;
  const algorithm = asked !== undefined && isChecksumAlgorithm(asked) ? asked : before?.algorithm;
  const isKnown =
    version.record.parts === undefined && (algorithm === undefined || before?.algorithm === algorithm);
  if (isKnown)
    return {
      size: version.size,
      etag: version.etag,
      content: version.content,
      record: { ...record, checksum: before },
    };
  // The copy is one object, whatever parts its source was put together of.
  const { content, size, md5, checksum } = await copied(s3, source, 0, version.size, algorithm);
  const summed: Checksum | undefined =
    algorithm && checksum !== undefined ? { algorithm, type: 'FULL_OBJECT', value: checksum } : undefined;
  return { size, etag: md5, content, record: { ...record, checksum: summed } };
}
