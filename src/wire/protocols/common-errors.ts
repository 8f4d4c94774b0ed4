// The errors that any service answers, whatever was asked: each family of protocols has names and statuses of its own for them.
import { ApiError } from '../errors.ts';
import type { Headers } from '../http.ts';
import type { ErrorModel } from './protocol.ts';

/** The wire throws these errors under the names that JSON services use; here is what others call them. */
type Names = Readonly<Record<string, readonly [code: string, status: number]>>;

const restJson: Names = {
  MissingAuthenticationTokenException: ['MissingAuthenticationTokenException', 403],
  IncompleteSignatureException: ['IncompleteSignatureException', 403],
  UnrecognizedClientException: ['UnrecognizedClientException', 403],
  ExpiredTokenException: ['ExpiredTokenException', 403],
  InvalidSignatureException: ['InvalidSignatureException', 403],
  AccessDeniedException: ['AccessDeniedException', 403],
};

const query: Names = {
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  ExpiredTokenException: ['ExpiredToken', 403],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  UnknownOperationException: ['InvalidAction', 400],
  SerializationException: ['MalformedInput', 400],
  AccessDeniedException: ['AccessDenied', 403],
  ThrottlingException: ['Throttling', 400],
  RequestEntityTooLargeException: ['RequestEntityTooLarge', 413],
  ServiceUnavailableException: ['ServiceUnavailable', 503],
  ServerException: ['InternalFailure', 500],
};

const ec2: Names = {
  ...query,
  MissingAuthenticationTokenException: ['AuthFailure', 401],
  UnrecognizedClientException: ['AuthFailure', 401],
  ExpiredTokenException: ['RequestExpired', 400],
  InvalidSignatureException: ['AuthFailure', 401],
  AccessDeniedException: ['UnauthorizedOperation', 403],
  ThrottlingException: ['RequestLimitExceeded', 503],
  ServiceUnavailableException: ['Unavailable', 503],
  ServerException: ['InternalError', 500],
};

const s3: Names = {
  MissingAuthenticationTokenException: ['AccessDenied', 403],
  IncompleteSignatureException: ['AuthorizationHeaderMalformed', 400],
  UnrecognizedClientException: ['InvalidAccessKeyId', 403],
  ExpiredTokenException: ['ExpiredToken', 400],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  UnknownOperationException: ['NotImplemented', 501],
  SerializationException: ['MalformedXML', 400],
  AccessDeniedException: ['AccessDenied', 403],
  ThrottlingException: ['SlowDown', 503],
  RequestEntityTooLargeException: ['EntityTooLarge', 400],
  ServiceUnavailableException: ['ServiceUnavailable', 503],
  ServerException: ['InternalError', 500],
};

const families = { 'rest-json': restJson, query, ec2, s3 } as const;

/** The error as the family calls it; one that only its API knows stays as it is. */
export function inFamily(error: ApiError, family: keyof typeof families): ApiError {
  const names = families[family];
  if (!Object.hasOwn(names, error.code)) return error;
  const [code, status] = names[error.code]!;
  return new ApiError(code, error.message, status, error.fields, error.headers);
}

/** The header that tells clients which once spoke query an error's name there, and who is to blame; none for other APIs. */
export function queryErrorHeader({ code, status }: ApiError, errorModel: ErrorModel | undefined): Headers {
  if (errorModel?.model.queryCompatible !== true) return {};
  const blamed = status < 500 ? 'Sender' : 'Receiver';
  return { 'x-amzn-query-error': `${errorModel.shape.error?.code ?? code};${blamed}` };
}
