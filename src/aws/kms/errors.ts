// Every error that the KMS API answers beside those of keys themselves, in one table.
import { ApiError } from '../../wire/errors.ts';

export const validation = (message: string): ApiError => new ApiError('ValidationException', message);
/** What is wrong with one member, in the form of the service's own checks. */
export const broken = (member: string, rule: string): ApiError =>
  validation(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
export const invalidMarker = (): ApiError =>
  new ApiError(
    'InvalidMarkerException',
    'Invalid marker. Use the NextMarker of the previous answer, with the same parameters.',
  );
export const notFound = (message: string): ApiError => new ApiError('NotFoundException', message);
export const invalidState = (message: string): ApiError => new ApiError('KMSInvalidStateException', message);
export const incorrectKey = (): ApiError =>
  new ApiError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
export const aliasExists = (arn: string): ApiError =>
  new ApiError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
export const invalidAliasName = (message: string): ApiError =>
  new ApiError('InvalidAliasNameException', message);
export const reservedAlias = (): ApiError =>
  new ApiError('NotAuthorizedException', 'The prefix alias/aws/ is reserved for AWS managed keys.');
export const limitExceeded = (message: string): ApiError => new ApiError('LimitExceededException', message);
export const tagError = (message: string): ApiError => new ApiError('TagException', message);
export const malformedPolicy = (message: string): ApiError =>
  new ApiError('MalformedPolicyDocumentException', message);
export const invalidGrantToken = (): ApiError =>
  new ApiError('InvalidGrantTokenException', 'The grant token is not that of a grant.');
export const invalidGrantId = (id: string): ApiError =>
  new ApiError('InvalidGrantIdException', `There is no grant ${id} for this key.`);
export const dryRun = (): ApiError =>
  new ApiError(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
    412,
  );

/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  new ApiError('UnsupportedOperationException', `Longshore does not support ${feature}.`);
