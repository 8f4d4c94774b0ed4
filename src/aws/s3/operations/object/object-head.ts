// What HeadObject tells, and GetObject before the bytes: both are asked the same.
import type { Caller } from '../../../../wire/caller.ts';
import { presentChecksum } from '../../present/checksum.ts';
import { presentEncryption, presentHeaders, quoted, seconds } from '../../present/object.ts';
import type { S3 } from '../../s3.ts';
import type { GetObjectRequest, HeadObjectRequest } from '../../shapes.generated.ts';
import type { StoredVersion } from '../../state/object/version.ts';
import { objectOf, shownVersion } from '../resolve/object.ts';
import { rangeOf, type ByteRange } from './byte-range.ts';
import { refuseUnsupported } from './object-record.ts';
import { checkReadConditions } from './read-conditions.ts';

type ReadInput = GetObjectRequest | HeadObjectRequest;

/** The object, what is to be read of it, and the headers of the answer. */
export async function objectHead(s3: S3, input: ReadInput, call: Caller, method: string) {
  refuseUnsupported(input);
  const { bucket, version } = await objectOf(s3, call, input, method);
  checkReadConditions(version, {
    ifMatch: input.IfMatch,
    ifNoneMatch: input.IfNoneMatch,
    ifModifiedSince: input.IfModifiedSince,
    ifUnmodifiedSince: input.IfUnmodifiedSince,
  });
  const range = rangeOf(version, input);
  const head = { ...headersOf(version, range, input), VersionId: shownVersion(bucket, version.versionId) };
  return { version, range, head };
}

function headersOf(version: StoredVersion, range: ByteRange, input: ReadInput) {
  const { record } = version;
  const isWhole = range.contentRange === undefined;
  const own = presentHeaders(record);
  return {
    ...own,
    ContentType: input.ResponseContentType ?? own.ContentType,
    ContentEncoding: input.ResponseContentEncoding ?? own.ContentEncoding,
    ContentDisposition: input.ResponseContentDisposition ?? own.ContentDisposition,
    ContentLanguage: input.ResponseContentLanguage ?? own.ContentLanguage,
    CacheControl: input.ResponseCacheControl ?? own.CacheControl,
    Expires: input.ResponseExpires ?? own.Expires,
    AcceptRanges: 'bytes',
    LastModified: seconds(version.modified),
    ETag: quoted(version.etag),
    ContentLength: range.size,
    ContentRange: range.contentRange,
    ...presentEncryption(record.encryption),
    ...(input.ChecksumMode === 'ENABLED' && isWhole && presentChecksum(record.checksum)),
    PartsCount: input.PartNumber === undefined ? undefined : record.parts?.length,
  };
}
