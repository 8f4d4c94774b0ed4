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

/** The signature is not the one that the secret gives. */
export function signatureMismatch(): ApiError {
  return invalidSignature(
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}
