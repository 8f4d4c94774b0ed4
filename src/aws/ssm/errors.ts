// Every error that the API of Parameter Store answers beside those of parameters themselves, in one table.
import { ApiError } from '../../wire/errors.ts';

export const validation = (message: string): ApiError => new ApiError('ValidationException', message);
export const invalidNextToken = (): ApiError =>
  new ApiError(
    'InvalidNextToken',
    'Invalid token. Use the NextToken of the previous answer, with the same parameters.',
  );
export const parameterAlreadyExists = (): ApiError =>
  new ApiError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
export const typeMismatch = (): ApiError =>
  new ApiError(
    'HierarchyTypeMismatchException',
    "The type of a parameter can't be changed. Create a parameter of another name.",
  );
export const invalidPattern = (pattern: string): ApiError =>
  new ApiError(
    'InvalidAllowedPatternException',
    `The allowed pattern ${pattern} is not a regular expression, or too large.`,
  );
export const patternMismatch = (pattern: string): ApiError =>
  new ApiError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );
export const tooManyVersions = (name: string, oldest: number): ApiError =>
  new ApiError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
export const tooManyParameters = (): ApiError =>
  new ApiError(
    'ParameterLimitExceeded',
    'You have exceeded the number of parameters for this Amazon Web Services account. Delete one or more parameters and try again.',
    429,
  );
export const tooManyLabels = (): ApiError =>
  new ApiError('ParameterVersionLabelLimitExceeded', 'A parameter version can have a maximum of 10 labels.');
export const invalidFilterKey = (key: string, keys: readonly string[]): ApiError =>
  new ApiError(
    'InvalidFilterKey',
    `The filter key ${key} is not valid. Valid filter keys: ${keys.join(', ')}.`,
  );
export const invalidFilterOption = (option: string, options: readonly string[]): ApiError =>
  new ApiError(
    'InvalidFilterOption',
    `The filter option ${option} is not valid. Valid options: ${options.join(', ')}.`,
  );
export const invalidFilterValue = (message: string): ApiError => new ApiError('InvalidFilterValue', message);
export const invalidResourceType = (type: string): ApiError =>
  new ApiError('InvalidResourceType', `${type} is not a valid resource type here: only Parameter is.`);
export const invalidResourceId = (id: string): ApiError =>
  new ApiError('InvalidResourceId', `The resource ID "${id}" is not valid. Verify the ID and try again.`);
export const tooManyTags = (): ApiError =>
  new ApiError('TooManyTagsError', 'A parameter can have a maximum of 50 tags.');

/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  new ApiError('UnsupportedOperation', `Longshore does not support ${feature}.`);
