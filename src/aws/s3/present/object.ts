// Objects as answers show them: in the headers of what is read, and as entries of lists.
import type {
  DeleteMarkerEntry,
  Object as ListedObject,
  ObjectVersion as ListedVersion,
  Owner,
  ServerSideEncryption,
  StorageClass,
} from '../shapes.generated.ts';
import { canonicalUserId } from '../state/canonical-user.ts';
import type { ObjectEncryption, ObjectRecord, ObjectVersion } from '../state/object/version.ts';

export const quoted = (etag: string): string => `"${etag}"`;
export const seconds = (ms: number): number => Math.floor(ms / 1000);
export const presentOwner = (accountId: string): Owner => ({ ID: canonicalUserId(accountId) });

export const presentEncryption = ({ algorithm, kmsKeyId, bucketKeyEnabled }: ObjectEncryption) => ({
  ServerSideEncryption: algorithm as ServerSideEncryption,
  SSEKMSKeyId: kmsKeyId,
  BucketKeyEnabled: bucketKeyEnabled,
});

/** The headers of an object that it was given. */
export function presentHeaders({ headers, metadata, storageClass, tags }: ObjectRecord) {
  return {
    ContentType: headers.contentType ?? 'binary/octet-stream',
    ContentEncoding: headers.contentEncoding,
    ContentDisposition: headers.contentDisposition,
    ContentLanguage: headers.contentLanguage,
    CacheControl: headers.cacheControl,
    Expires: headers.expires === undefined ? undefined : Date.parse(headers.expires) / 1000,
    WebsiteRedirectLocation: headers.websiteRedirectLocation,
    Metadata: metadata,
    // "Amazon S3 returns this header for all objects except for S3 Standard storage class objects."
    StorageClass: storageClass === 'STANDARD' ? undefined : (storageClass as StorageClass),
    TagCount: tags.length === 0 ? undefined : tags.length,
  };
}

/** How keys are written in a list: as they are, or encoded as in a URL. */
export type WriteKey = (key: string) => string;

const shownChecksum = ({ checksum }: ObjectRecord) =>
  checksum === undefined ? {} : { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type };

export const presentListed = (version: ObjectVersion, write: WriteKey, withOwner: boolean): ListedObject => ({
  Key: write(version.key),
  LastModified: version.modified / 1000,
  ETag: quoted(version.etag),
  ...shownChecksum(version.record),
  Size: version.size,
  StorageClass: version.record.storageClass as ListedObject['StorageClass'],
  ...(withOwner && { Owner: presentOwner(version.record.owner) }),
});

export const presentVersion = (version: ObjectVersion, write: WriteKey): ListedVersion => ({
  ETag: quoted(version.etag),
  ...shownChecksum(version.record),
  Size: version.size,
  StorageClass: version.record.storageClass as ListedVersion['StorageClass'],
  Key: write(version.key),
  VersionId: version.versionId,
  IsLatest: version.isLatest,
  LastModified: version.modified / 1000,
  Owner: presentOwner(version.record.owner),
});

export const presentMarker = (version: ObjectVersion, write: WriteKey): DeleteMarkerEntry => ({
  Owner: presentOwner(version.record.owner),
  Key: write(version.key),
  VersionId: version.versionId,
  IsLatest: version.isLatest,
  LastModified: version.modified / 1000,
});
