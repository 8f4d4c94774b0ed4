// Every error that the ECR API answers, in one table: wire name, and the text that clients match on.
import { ApiError } from '../../wire/errors.ts';
import type { ImageIdentifier } from './shapes.generated.ts';
import type { Scope } from '../shared/scope.ts';

export const invalidParameter = (message: string): ApiError =>
  new ApiError('InvalidParameterException', message);
/** What is wrong with one member, in the form of the service's own checks. */
export const broken = (member: string, constraint: string): ApiError =>
  invalidParameter(`Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`);
export const invalidToken = (): ApiError =>
  invalidParameter('Invalid token. Use the nextToken of the previous answer, with the same parameters.');

interface Named extends Pick<Scope, 'accountId'> {
  readonly name: string;
}
const inRegistry = ({ name, accountId }: Named): string =>
  `repository with name '${name}' in the registry with id '${accountId}'`;

export const repositoryNotFound = ({ name, accountId }: Named): ApiError =>
  new ApiError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${accountId}'`,
  );
export const repositoryExists = ({ name, accountId }: Named): ApiError =>
  new ApiError(
    'RepositoryAlreadyExistsException',
    `The repository with name '${name}' already exists in the registry with id '${accountId}'`,
  );
export const repositoryNotEmpty = ({ name, accountId }: Named): ApiError =>
  new ApiError(
    'RepositoryNotEmptyException',
    `The repository with name '${name}' in registry with id '${accountId}' cannot be deleted because it still contains images`,
  );
export const imageNotFound = (
  { imageDigest, imageTag }: ImageIdentifier,
  { name, accountId }: Named,
): ApiError =>
  new ApiError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'} does not exist ` +
      `within the repository with name '${name}' in the registry with id '${accountId}'`,
  );
export const imageExists = (digest: string, tag: string | undefined, repository: Named): ApiError =>
  new ApiError(
    'ImageAlreadyExistsException',
    `Image with digest '${digest}' and tag '${tag ?? 'null'}' already exists in the ${inRegistry(repository)}`,
  );
export const imageTagExists = (tag: string, { name }: Named): ApiError =>
  new ApiError(
    'ImageTagAlreadyExistsException',
    `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the repository is immutable.`,
  );
export const digestMismatch = (digest: string): ApiError =>
  new ApiError(
    'ImageDigestDoesNotMatchException',
    `The digest of the image manifest is ${digest}, which is not the imageDigest that was given`,
  );
export const layersNotFound = (why: string): ApiError => new ApiError('LayersNotFoundException', why);
export const referencedImagesNotFound = (digests: readonly string[], repository: Named): ApiError =>
  new ApiError(
    'ReferencedImagesNotFoundException',
    `The manifest list names images that are not in the ${inRegistry(repository)}: ${digests.join(', ')}`,
  );
export const lifecyclePolicyNotFound = (repository: Named): ApiError =>
  new ApiError(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the ${inRegistry(repository)}`,
  );
export const previewNotFound = (repository: Named): ApiError =>
  new ApiError(
    'LifecyclePolicyPreviewNotFoundException',
    `There is no lifecycle policy preview for the ${inRegistry(repository)}`,
  );
export const repositoryPolicyNotFound = (repository: Named): ApiError =>
  new ApiError(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the ${inRegistry(repository)}`,
  );
export const registryPolicyNotFound = ({ accountId }: Pick<Scope, 'accountId'>): ApiError =>
  new ApiError(
    'RegistryPolicyNotFoundException',
    `Registry policy does not exist in the registry with id '${accountId}'`,
  );
export const ruleNotFound = (prefix: string, { accountId }: Pick<Scope, 'accountId'>): ApiError =>
  new ApiError(
    'PullThroughCacheRuleNotFoundException',
    `A pull through cache rule with the repository prefix '${prefix}' does not exist in the registry with id '${accountId}'`,
  );
export const ruleExists = (prefix: string, { accountId }: Pick<Scope, 'accountId'>): ApiError =>
  new ApiError(
    'PullThroughCacheRuleAlreadyExistsException',
    `A pull through cache rule with the repository prefix '${prefix}' already exists in the registry with id '${accountId}'`,
  );
export const unsupportedUpstream = (message: string): ApiError =>
  new ApiError('UnsupportedUpstreamRegistryException', message);
export const secretNotFound = (arn: string): ApiError =>
  new ApiError('SecretNotFoundException', `The secret '${arn}' was not found.`);
export const secretInaccessible = (arn: string): ApiError =>
  new ApiError(
    'UnableToAccessSecretException',
    `The secret '${arn}' cannot be used: it must be a JSON object with the texts username and accessToken, and not wait for its deletion.`,
  );
export const secretUndecryptable = (arn: string): ApiError =>
  new ApiError(
    'UnableToDecryptSecretValueException',
    `The value of the secret '${arn}' cannot be decrypted: look at the state of its key.`,
  );
export const invalidTag = (message: string): ApiError =>
  new ApiError('InvalidTagParameterException', message);
export const tooManyTags = (): ApiError =>
  new ApiError('TooManyTagsException', 'A repository can have a maximum of 50 tags.');
export const limitExceeded = (message: string): ApiError => new ApiError('LimitExceededException', message);
/** The engine of the registry cannot be asked: the sentence says why. */
export const engineUnavailable = (message: string): ApiError => new ApiError('ServerException', message, 500);

/** What is not built says so by name, instead of being accepted and ignored. */
export const unsupported = (feature: string): ApiError =>
  new ApiError('UnsupportedOperationException', `Longshore does not support ${feature}.`);
