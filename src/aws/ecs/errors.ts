// Every error that the ECS API answers, in one table: wire name, and the text that clients match on.
import { unsupportedText } from './state/task-definition/unsupported-features.ts';
import { ApiError } from '../../wire/errors.ts';

export const clientException = (message: string): ApiError => new ApiError('ClientException', message);
export const invalidParameter = (message: string): ApiError =>
  new ApiError('InvalidParameterException', message);
/** The one answer to every page token that was not handed out for this list. */
export const invalidToken = (): ApiError =>
  invalidParameter('Invalid token. Use the nextToken of the previous answer, with the same filters.');
export const limitExceeded = (message: string): ApiError => new ApiError('LimitExceededException', message);

/** What is not built yet says so by name, instead of being accepted and ignored. */
export const unsupportedFeature = (feature: string): ApiError => unsupportedFeatureList([feature]);
export const unsupportedFeatureList = (features: readonly string[]): ApiError =>
  new ApiError('UnsupportedFeatureException', unsupportedText(features));

export const clusterNotFound = (): ApiError => new ApiError('ClusterNotFoundException', 'Cluster not found.');
export const clusterInactive = (): ApiError =>
  new ApiError('ClusterNotFoundException', 'The referenced cluster was inactive.');
export const serviceNotFound = (): ApiError => new ApiError('ServiceNotFoundException', 'Service not found.');
export const serviceNotActive = (): ApiError =>
  new ApiError('ServiceNotActiveException', 'Service was not ACTIVE.');
export const taskSetNotFound = (): ApiError =>
  new ApiError('TaskSetNotFoundException', 'The specified task set does not exist.');
export const serviceDeploymentNotFound = (): ApiError =>
  new ApiError('ServiceDeploymentNotFoundException', 'The specified service deployment does not exist.');
export const clusterContainsContainerInstances = (): ApiError =>
  new ApiError(
    'ClusterContainsContainerInstancesException',
    'The Cluster cannot be deleted while Container Instances are active or draining.',
  );
export const clusterContainsTasks = (): ApiError =>
  new ApiError('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');
export const clusterContainsServices = (): ApiError =>
  new ApiError(
    'ClusterContainsServicesException',
    'The Cluster cannot be deleted while Services are active.',
  );
export const clusterContainsCapacityProvider = (): ApiError =>
  new ApiError(
    'ClusterContainsCapacityProviderException',
    'The Cluster cannot be deleted while Cluster Scoped Capacity Providers are attached to the cluster.',
  );
export const capacityProviderNotFound = (): ApiError =>
  clientException(
    'The specified capacity provider does not exist. Specify a valid name or ARN and try again.',
  );
export const resourceInUse = (message: string): ApiError => new ApiError('ResourceInUseException', message);
export const namespaceNotFound = (): ApiError =>
  new ApiError('NamespaceNotFoundException', 'The specified namespace was not found.');
export const conflict = (message: string, resourceIds: readonly string[]): ApiError =>
  new ApiError('ConflictException', message, 400, { resourceIds });

export const attributeLimitExceeded = (message: string): ApiError =>
  new ApiError('AttributeLimitExceededException', message);
export const targetNotFound = (target: string): ApiError =>
  new ApiError(
    'TargetNotFoundException',
    `The specified target was not found: ${target}. ListContainerInstances lists those of a cluster.`,
  );
export const noUpdateAvailable = (): ApiError =>
  new ApiError('NoUpdateAvailableException', 'There is no update available for your container agent.');
export const missingVersion = (): ApiError =>
  new ApiError('MissingVersionException', 'The version of the container agent is not known.');
export const agentUpdateInProgress = (): ApiError =>
  new ApiError('UpdateInProgressException', 'An update of the container agent is already in progress.');

export const accessDenied = (message: string): ApiError => new ApiError('AccessDeniedException', message);
export const resourceNotFound = (): ApiError =>
  new ApiError('ResourceNotFoundException', 'The specified resource was not found.');

/** Longshore hands out no attachments, so whichever is reported is unknown; agents drop a report that is refused so. */
export const attachmentNotFound = (arn: string | undefined): ApiError =>
  invalidParameter(`The referenced attachment was not found: ${arn ?? ''}`);
