// Every error that the S3 API answers, in one table: wire name, status, and the text that clients match on.
import { ApiError } from '../../wire/errors.ts';

/** What is wrong with a parameter or header. */
export const invalidArgument = (message: string, name?: string, value?: string): ApiError =>
  new ApiError('InvalidArgument', message, 400, {
    ...(name !== undefined && { ArgumentName: name, ArgumentValue: value ?? '' }),
  });
/** What is wrong with a document, where S3 says no more. */
export const malformedXml = (why?: string): ApiError =>
  new ApiError(
    'MalformedXML',
    `The XML you provided was not well-formed or did not validate against our published schema${why === undefined ? '' : `: ${why}`}`,
  );
export const invalidRequest = (message: string): ApiError => new ApiError('InvalidRequest', message);

/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  new ApiError('NotImplemented', `Longshore does not support ${feature}.`, 501);

export const noSuchBucket = (BucketName: string): ApiError =>
  new ApiError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName });
export const invalidBucketName = (BucketName: string): ApiError =>
  new ApiError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName });
export const bucketAlreadyExists = (BucketName: string): ApiError =>
  new ApiError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. ' +
      'Please select a different name and try again.',
    409,
    { BucketName },
  );
export const bucketAlreadyOwnedByYou = (BucketName: string): ApiError =>
  new ApiError(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    409,
    { BucketName },
  );
export const bucketNotEmpty = (BucketName: string): ApiError =>
  new ApiError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName });
export const tooManyBuckets = (): ApiError =>
  new ApiError('TooManyBuckets', 'You have attempted to create more buckets than allowed');
/** Of a bucket that is just being deleted. */
export const operationAborted = (): ApiError =>
  new ApiError(
    'OperationAborted',
    'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    409,
  );
export const invalidLocation = (): ApiError =>
  new ApiError('InvalidLocationConstraint', 'The specified location-constraint is not valid');
/** For a bucket that is to be where the request was not sent to. */
export const illegalLocation = (constraint: string | undefined): ApiError =>
  new ApiError(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
/** All regions are behind one endpoint: the region of the signature is the one that is asked for. */
export const wrongRegion = (signed: string, Region: string): ApiError =>
  new ApiError(
    'AuthorizationHeaderMalformed',
    `The authorization header is malformed; the region '${signed}' is wrong; expecting '${Region}'`,
    400,
    { Region },
  );
/** What a bucket does not have. */
const missing =
  (code: string, message: string) =>
  (BucketName: string): ApiError =>
    new ApiError(code, message, 404, { BucketName });

export const noSuchPolicy = missing('NoSuchBucketPolicy', 'The bucket policy does not exist');
export const noSuchTagSet = missing('NoSuchTagSet', 'The TagSet does not exist');
export const noSuchCors = missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist');
export const noSuchWebsite = missing(
  'NoSuchWebsiteConfiguration',
  'The specified bucket does not have a website configuration',
);
export const noSuchLifecycle = missing(
  'NoSuchLifecycleConfiguration',
  'The lifecycle configuration does not exist',
);
export const noReplication = missing(
  'ReplicationConfigurationNotFoundError',
  'The replication configuration was not found',
);
export const noObjectLock = missing(
  'ObjectLockConfigurationNotFoundError',
  'Object Lock configuration does not exist for this bucket',
);
export const noOwnershipControls = missing(
  'OwnershipControlsNotFoundError',
  'The bucket ownership controls were not found',
);
export const noPublicAccessBlock = missing(
  'NoSuchPublicAccessBlockConfiguration',
  'The public access block configuration was not found',
);

export const malformedPolicy = (message: string): ApiError => new ApiError('MalformedPolicy', message);
export const invalidTag = (message: string, TagKey?: string): ApiError =>
  new ApiError('InvalidTag', message, 400, { ...(TagKey !== undefined && { TagKey }) });
export const badRequest = (message: string): ApiError => new ApiError('BadRequest', message);
export const illegalVersioning = (): ApiError =>
  new ApiError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
/** For a browser that asks for a page of another origin. */
export const crossOriginRefused = (why: string): ApiError =>
  new ApiError('AccessForbidden', `CORSResponse: ${why}`, 403);
/** What the public access block of a bucket keeps out. */
export const publicAccessBlocked = (message: string): ApiError => new ApiError('AccessDenied', message, 403);
export const aclNotAllowed = (): ApiError =>
  new ApiError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
export const accessDenied = (): ApiError => new ApiError('AccessDenied', 'Access Denied', 403);
export const aclsNotSupported = (): ApiError =>
  new ApiError(
    'InvalidBucketAclWithObjectOwnership',
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  );
export const publicAclBlocked = (): ApiError =>
  new ApiError(
    'InvalidBucketAclWithBlockPublicAccessError',
    'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
  );

export const noSuchKey = (Key: string): ApiError =>
  new ApiError('NoSuchKey', 'The specified key does not exist.', 404, { Key });
/** Of an object whose latest version says that it is deleted. */
export const deletedKey = (Key: string, versionId: string): ApiError =>
  new ApiError('NoSuchKey', 'The specified key does not exist.', 404, { Key }, markerHeaders(versionId));
export const noSuchVersion = (Key: string, VersionId: string): ApiError =>
  new ApiError('NoSuchVersion', 'The specified version does not exist.', 404, { Key, VersionId });
/** Of a marker that is named by its version: it can only be deleted. */
export const markerNotReadable = (versionId: string, method: string): ApiError =>
  new ApiError(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    405,
    { Method: method, ResourceType: 'DeleteMarker' },
    { allow: 'DELETE', ...markerHeaders(versionId) },
  );
const markerHeaders = (versionId: string): Readonly<Record<string, string>> => ({
  'x-amz-delete-marker': 'true',
  'x-amz-version-id': versionId,
});
export const preconditionFailed = (Condition: string): ApiError =>
  new ApiError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition,
  });
export const notModified = (headers: Readonly<Record<string, string>>): ApiError =>
  new ApiError('NotModified', 'Not Modified', 304, {}, headers);
export const invalidRange = (RangeRequested: string, ActualObjectSize: number): ApiError =>
  new ApiError(
    'InvalidRange',
    'The requested range is not satisfiable',
    416,
    { RangeRequested, ActualObjectSize },
    { 'content-range': `bytes */${ActualObjectSize}` },
  );
export const invalidPartNumber = (PartNumberRequested: number, ActualPartCount: number): ApiError =>
  new ApiError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
    PartNumberRequested,
    ActualPartCount,
  });
export const keyTooLong = (Size: number): ApiError =>
  new ApiError('KeyTooLongError', 'Your key is too long', 400, { Size, MaxSizeAllowed: 1024 });
export const metadataTooLarge = (Size: number): ApiError =>
  new ApiError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, {
    Size,
    MaxSizeAllowed: 2048,
  });
export const missingContentLength = (): ApiError =>
  new ApiError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
export const entityTooLarge = (ProposedSize: number, MaxSizeAllowed: number): ApiError =>
  new ApiError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    ProposedSize,
    MaxSizeAllowed,
  });
export const entityTooSmall = (fields: Readonly<Record<string, unknown>>): ApiError =>
  new ApiError(
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    400,
    fields,
  );
export const invalidDigest = (): ApiError =>
  new ApiError('InvalidDigest', 'The Content-MD5 you specified was invalid.');
export const badMd5 = (ExpectedDigest: string, CalculatedDigest: string): ApiError =>
  new ApiError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
    ExpectedDigest,
    CalculatedDigest,
  });
export const badChecksum = (algorithm: string): ApiError =>
  new ApiError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
export const invalidStorageClass = (StorageClassRequested: string): ApiError =>
  new ApiError('InvalidStorageClass', 'The storage class you specified is not valid', 400, {
    StorageClassRequested,
  });
export const objectAclsNotSupported = (): ApiError =>
  new ApiError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
export const noSuchUpload = (UploadId: string): ApiError =>
  new ApiError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId },
  );
export const invalidPart = (UploadId: string, PartNumber: number, ETag: string | undefined): ApiError =>
  new ApiError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId, PartNumber, ...(ETag !== undefined && { ETag }) },
  );
export const invalidPartOrder = (UploadId: string): ApiError =>
  new ApiError(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
    400,
    { UploadId },
  );
/** Objects cannot be kept or read: the disk says why. */
export const storageUnavailable = (why: string): ApiError =>
  new ApiError('ServiceUnavailable', `Objects cannot be read or written: ${why}.`, 503);
export const tooManyObjectTags = (): ApiError =>
  new ApiError('BadRequest', 'Object tags cannot be greater than 10');
