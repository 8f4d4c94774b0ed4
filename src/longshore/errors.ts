// The errors of Longshore's own API; those that ECS has too have ECS's names and texts.
import { unsupportedText } from '../aws/ecs/state/task-definition/unsupported-features.ts';
import { ApiError } from '../wire/errors.ts';

export const invalidParameter = (message: string): ApiError =>
  new ApiError('InvalidParameterException', message);
export const unsupportedFeature = (...features: readonly string[]): ApiError =>
  new ApiError('UnsupportedFeatureException', unsupportedText(features));
export const clusterNotFound = (): ApiError => new ApiError('ClusterNotFoundException', 'Cluster not found.');
export const serviceNotFound = (): ApiError => new ApiError('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = (): ApiError =>
  new ApiError('ServiceNotActiveException', 'Service was not ACTIVE.');
export const notFound = (what: string): ApiError =>
  new ApiError('ResourceNotFoundException', `${what} was not found.`);
export const lastKey = (): ApiError =>
  new ApiError(
    'LastAccessKeyException',
    'This is the last active access key of the account that may do everything. Create another before you delete it.',
  );
