// Every error that the API of CloudWatch Logs answers: wire name, and the text that clients match on.
import { ApiError } from '../../wire/errors.ts';
import type { MalformedQuery } from './state/insights/malformed-query.ts';

export const invalidParameter = (message: string): ApiError =>
  new ApiError('InvalidParameterException', message);
export const validationFailed = (message: string): ApiError => new ApiError('ValidationException', message);
export const invalidToken = (): ApiError => invalidParameter('The specified nextToken is invalid.');

/** A member that breaks a constraint of AWS's model, in the words of its validation. */
export const brokenConstraint = (member: string, value: string | number, constraint: string): ApiError =>
  invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );

const notFound = (message: string): ApiError => new ApiError('ResourceNotFoundException', message);
export const groupNotFound = (): ApiError => notFound('The specified log group does not exist.');
export const streamNotFound = (): ApiError => notFound('The specified log stream does not exist.');
export const metricFilterNotFound = (): ApiError => notFound('The specified metric filter does not exist.');
export const queryNotFound = (id: string): ApiError => notFound(`Query ID ${id} does not exist.`);
export const queryDefinitionNotFound = (): ApiError =>
  notFound('The specified query definition does not exist.');
export const recordNotFound = (): ApiError => notFound('The specified log record does not exist.');

const alreadyExists = (message: string): ApiError => new ApiError('ResourceAlreadyExistsException', message);
export const groupExists = (): ApiError => alreadyExists('The specified log group already exists');
export const streamExists = (): ApiError => alreadyExists('The specified log stream already exists');

export const limitExceeded = (message: string): ApiError => new ApiError('LimitExceededException', message);
export const invalidOperation = (message: string): ApiError =>
  new ApiError('InvalidOperationException', message);
export const sessionTimedOut = (): ApiError =>
  new ApiError('SessionTimeoutException', 'The session has ended after three hours.');
export const sessionFailed = (): ApiError =>
  new ApiError('SessionStreamingException', 'The session has ended: the log of the server says why.');
export const tooManyTags = (): ApiError =>
  new ApiError('TooManyTagsException', 'A resource can have no more than 50 tags.');
export const serviceUnavailable = (message: string): ApiError =>
  new ApiError('ServiceUnavailableException', message, 503);

export const malformedQuery = ({ message, start, end }: MalformedQuery): ApiError =>
  new ApiError('MalformedQueryException', message, 400, {
    queryCompileError: { location: { startCharOffset: start, endCharOffset: end }, message },
  });
