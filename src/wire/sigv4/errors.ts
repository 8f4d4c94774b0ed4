// Every way in which a signature is refused, with AWS's codes and wording. None repeats a signature or a secret.
import { ApiError } from '../errors.ts';

/** Nothing in the request says who is calling. */
export function missingToken(): ApiError {
  return new ApiError('MissingAuthenticationTokenException', 'Missing Authentication Token');
}

/** What should tell the signature is there but cannot be read. */
export function incompleteSignature(message: string): ApiError {
  return new ApiError('IncompleteSignatureException', message);
}

/** The access key or session token is unknown or no longer valid. */
export function unrecognizedClient(): ApiError {
  return new ApiError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

/** The session has ended. */
export function expiredToken(): ApiError {
  return new ApiError('ExpiredTokenException', 'The security token included in the request is expired');
}

/** The signature can be read but does not hold. */
export function invalidSignature(message: string): ApiError {
  return new ApiError('InvalidSignatureException', message);
}

/** The body is not as long as the request says, or not in the form. */
export function incompleteBody(
  message = 'You did not provide the number of bytes specified by the Content-Length HTTP header',
): ApiError {
  return new ApiError('IncompleteBody', message);
}

/** Nothing says what the body is to be. */
export const missingPayloadHash = (): ApiError =>
  new ApiError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');

/** What the body is to be is said in none of the ways that there are. */
export const badPayloadHash = (): ApiError =>
  new ApiError(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    400,
    { ArgumentName: 'x-amz-content-sha256' },
  );

/** The body is not the one whose SHA-256 was signed. */
export function contentMismatch(stated: string, actual: string): ApiError {
  return new ApiError(
    'XAmzContentSHA256Mismatch',
    `The provided 'x-amz-content-sha256' header does not match what was computed.`,
    400,
    { ClientComputedContentSHA256: stated, S3ComputedContentSHA256: actual },
  );
}

/** The signature is not the one that the secret gives. */
export function signatureMismatch(): ApiError {
  return invalidSignature(
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}
