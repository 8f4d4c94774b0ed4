// Every error that the Secrets Manager API answers beside those of secrets themselves, in one table.
import { ApiError } from '../../wire/errors.ts';

export { invalidParameter, invalidRequest, limitExceeded } from './state/secret/secret-problem.ts';

export const validation = (message: string): ApiError => new ApiError('ValidationException', message);
export const invalidNextToken = (): ApiError =>
  new ApiError(
    'InvalidNextTokenException',
    'Invalid token. Use the NextToken of the previous answer, with the same parameters.',
  );
export const secretExists = (name: string): ApiError =>
  new ApiError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
export const malformedPolicy = (message: string): ApiError =>
  new ApiError('MalformedPolicyDocumentException', message);
export const publicPolicy = (): ApiError =>
  new ApiError(
    'PublicPolicyException',
    'The resource policy grants broad access to the secret. Name principals, or set BlockPublicPolicy to false.',
  );

/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  new ApiError('InvalidRequestException', `Longshore does not support ${feature}.`);
