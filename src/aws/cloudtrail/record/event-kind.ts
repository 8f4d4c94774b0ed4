// What kind of call an operation is, and which calls are put on record: those that change something, and those that hand out
// credentials. Of all others only denials are.

export interface EventKind {
  /** What CloudTrail says of the operation: it changes nothing. */
  readonly readOnly: boolean;
  /** Data events are about what is in a resource, not about the resource: CloudTrail does not keep them unless it is told to. */
  readonly category: 'Management' | 'Data';
  /** Whether a call of it is kept, whatever came of it. */
  readonly isRecorded: boolean;
}

/** Operations with such names only look. */
const readingName =
  /^(BatchCheck|BatchGet|Describe|Explain|Filter|Get|Head|List|Lookup|Plan|Search|Select|Simulate|Test|Validate)/;

/** By service, what changes nothing and is not called so. */
const readOnlyBeside: Readonly<Record<string, readonly string[]>> = {
  // An agent asks where to connect to.
  ecs: ['DiscoverPollEndpoint'],
  // A key is used, not changed: CloudTrail's own events of these are read-only.
  kms: [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateRandom',
    'ReEncrypt',
  ],
  // A query only reads.
  logs: ['StartLiveTail', 'StartQuery', 'StopQuery'],
  // CloudTrail says so of them, though they give out credentials.
  sts: ['AssumeRole'],
};

/** By service, what is read-only and kept all the same: whoever acts with credentials, it must be known who was given them. */
const givesCredentials: Readonly<Record<string, readonly string[]>> = {
  ecr: ['GetAuthorizationToken'],
  sts: ['AssumeRole', 'GetSessionToken'],
};

/** By service, CloudTrail's data events that do not look only. */
const dataEvents: Readonly<Record<string, readonly string[]>> = {
  ecs: ['Poll', 'StartTelemetrySession'],
  logs: ['PutLogEvents'],
  monitoring: ['PutMetricData'],
  s3: [
    'AbortMultipartUpload',
    'CompleteMultipartUpload',
    'CopyObject',
    'CreateMultipartUpload',
    'DeleteObject',
    'DeleteObjectTagging',
    'DeleteObjects',
    'PutObject',
    'PutObjectAcl',
    'PutObjectLegalHold',
    'PutObjectRetention',
    'PutObjectTagging',
    'RestoreObject',
    'UploadPart',
    'UploadPartCopy',
  ],
};

const isIn = (table: Readonly<Record<string, readonly string[]>>, service: string, operation: string) =>
  table[service]?.includes(operation) === true;

/** `service` is what its actions start with, e.g. `ecs`. */
export function eventKind(service: string, operation: string): EventKind {
  const readOnly = readingName.test(operation) || isIn(readOnlyBeside, service, operation);
  const isData = isIn(dataEvents, service, operation);
  return {
    readOnly,
    category: isData ? 'Data' : 'Management',
    isRecorded: isIn(givesCredentials, service, operation) || (!readOnly && !isData),
  };
}

/** Under these codes callers are told that they may not, or that nobody knows them. */
const denials: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'AuthorizationError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'NotAuthorized',
  'NotAuthorizedException',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
]);

/** Whether an error, by the code that the wire knows it by, is a denial. */
export const isDenial = (code: string): boolean => denials.has(code);
