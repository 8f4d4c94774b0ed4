// Every error that the API of CloudTrail answers.
import { ApiError } from '../../wire/errors.ts';

export const invalidLookupAttributes = (message: string): ApiError =>
  new ApiError('InvalidLookupAttributesException', message);
export const invalidMaxResults = (): ApiError =>
  new ApiError('InvalidMaxResultsException', 'Give a number of results from 1 to 50.');
export const invalidTimeRange = (): ApiError =>
  new ApiError('InvalidTimeRangeException', 'The start time must not be after the end time.');
export const invalidNextToken = (): ApiError =>
  new ApiError(
    'InvalidNextTokenException',
    'The token is not one that was answered to a request with these parameters.',
  );
export const invalidEventCategory = (message: string): ApiError =>
  new ApiError('InvalidEventCategoryException', message);
export const validationFailed = (message: string): ApiError => new ApiError('ValidationException', message);
export const recordUnavailable = (message: string): ApiError =>
  new ApiError('ServiceUnavailableException', message, 503);
export const notServed = (operation: string): ApiError =>
  new ApiError(
    'UnsupportedOperationException',
    `Longshore does not serve the operation ${operation} of CloudTrail, only LookupEvents: it keeps one record of its own and has no trails.`,
  );
