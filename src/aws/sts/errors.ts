// Every error that the STS API answers: wire name, status, and the text that clients match on.
import { ApiError } from '../../wire/errors.ts';

export const validationError = (message: string): ApiError => new ApiError('ValidationError', message);
/** AWS's text for a member that breaks a constraint of the model. */
export const constraintBroken = (value: string, member: string, rule: string): ApiError =>
  validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
export const durationTooLong = (): ApiError =>
  validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
export const chainedTooLong = (): ApiError =>
  validationError(
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  );
export const accessDenied = (message: string): ApiError =>
  new ApiError('AccessDeniedException', message, 403);
export const malformedPolicy = (message: string): ApiError =>
  new ApiError('MalformedPolicyDocumentException', message);
export const packedTooLarge = (): ApiError =>
  new ApiError(
    'PackedPolicyTooLargeException',
    'The session policies and tags of the request are too large when they are packed: use fewer, or shorter ones.',
  );
export const invalidParameter = (message: string): ApiError => new ApiError('InvalidParameterValue', message);
export const noSuchKey = (): ApiError => validationError('Invalid Access Key ID');
