// What an object is given beside its bytes, from the headers of the request that writes it.
import type { Bucket } from '../../state/bucket/bucket.ts';
import {
  invalidArgument,
  invalidStorageClass,
  metadataTooLarge,
  objectAclsNotSupported,
  unsupported,
} from '../../errors.ts';
import { objectTagsOf } from '../tag/tag-set.ts';
import type { ObjectRecord } from '../../state/object/version.ts';

/** What PutObject, CopyObject and CreateMultipartUpload take alike. */
export interface RecordInput {
  readonly ACL?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: number | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

/** Those whose objects can be read at once; what must be restored first is not kept. */
const storageClasses = new Set([
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
]);
const largestMetadata = 2048;

/** The record of an object that is written by a request. */
export function recordOf(bucket: Bucket, input: RecordInput): ObjectRecord {
  refuseUnsupported(input);
  const { Tagging: tagging, StorageClass: storageClass = 'STANDARD', Metadata: metadata = {} } = input;
  if (!storageClasses.has(storageClass)) throw invalidStorageClass(storageClass);
  checkMetadata(metadata);
  return {
    headers: headersOf(input),
    metadata,
    tags: tagging === undefined ? [] : tagsOfHeader(tagging),
    storageClass,
    encryption: {
      algorithm: input.ServerSideEncryption ?? 'AES256',
      kmsKeyId: input.SSEKMSKeyId,
      bucketKeyEnabled: input.BucketKeyEnabled,
    },
    owner: bucket.accountId,
    acl: aclOf(bucket, input.ACL),
  };
}

export const headersOf = (input: RecordInput): ObjectRecord['headers'] => ({
  contentType: input.ContentType,
  contentEncoding: contentEncoding(input.ContentEncoding),
  contentDisposition: input.ContentDisposition,
  contentLanguage: input.ContentLanguage,
  cacheControl: input.CacheControl,
  expires: input.Expires === undefined ? undefined : new Date(input.Expires * 1000).toUTCString(),
  websiteRedirectLocation: input.WebsiteRedirectLocation,
});

/** How the request was sent is none of the object's business. */
function contentEncoding(text: string | undefined): string | undefined {
  const kept = text
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked' && one !== '');
  return kept === undefined || kept.length === 0 ? undefined : kept.join(',');
}

function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  let size = 0;
  for (const [name, value] of Object.entries(metadata))
    size += Buffer.byteLength(name) + Buffer.byteLength(value);
  if (size > largestMetadata) throw metadataTooLarge(size);
}

/** The canned ACL; throws AccessControlListNotSupported where the bucket takes none that gives something away. */
export function aclOf(bucket: Bucket, acl: string | undefined): string {
  const isEnforced = bucket.objectOwnership === undefined || bucket.objectOwnership === 'BucketOwnerEnforced';
  if (acl === undefined) return 'private';
  if (isEnforced && acl !== 'bucket-owner-full-control' && acl !== 'private') throw objectAclsNotSupported();
  return acl;
}

const notBuilt: Readonly<Record<string, string>> = {
  SSECustomerAlgorithm: 'encryption with keys of customers (SSE-C)',
  CopySourceSSECustomerAlgorithm: 'encryption with keys of customers (SSE-C)',
  ObjectLockMode: 'object lock',
  ObjectLockRetainUntilDate: 'object lock',
  ObjectLockLegalHoldStatus: 'object lock',
  WriteOffsetBytes: 'writing to an object at an offset',
  GrantFullControl: 'grants in headers: name a canned ACL',
  GrantRead: 'grants in headers: name a canned ACL',
  GrantReadACP: 'grants in headers: name a canned ACL',
  GrantWriteACP: 'grants in headers: name a canned ACL',
};

/** Throws NotImplemented for what would be ignored. */
export function refuseUnsupported(input: object): void {
  for (const [member, what] of Object.entries(notBuilt))
    if ((input as Readonly<Record<string, unknown>>)[member] !== undefined) throw unsupported(what);
}

/** `key=value&other=`, encoded as a query. */
function tagsOfHeader(text: string): ObjectRecord['tags'] {
  if (text === '') return [];
  const tags = text.split('&').map((pair) => {
    const [key = '', value = ''] = pair.split('=', 2).map((part) => decoded(part.replaceAll('+', ' ')));
    return { Key: key, Value: value };
  });
  return objectTagsOf(tags);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidArgument(
      'The header x-amz-tagging must be encoded as the parameters of a URL.',
      'x-amz-tagging',
    );
  }
}
