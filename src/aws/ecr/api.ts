// The API of Amazon Elastic Container Registry: its operations, access and errors, for the wire.
import { waitingOperationsOf, type Api, type WaitingOperationTable } from '../../wire/api.ts';
import { operationNames } from '../../wire/model.ts';
import { limitsOf } from '../shared/input-limits.ts';
import { sealedPages } from '../shared/sealed-pages.ts';
import { ecrAccess } from './access.ts';
import type { Ecr } from './ecr.ts';
import { invalidParameter, invalidToken, unsupported } from './errors.ts';
import { ecrModel, type EcrOperations } from './shapes.generated.ts';
import { batchCheckLayerAvailability } from './operations/image/batch-check-layer-availability.ts';
import { batchDeleteImage } from './operations/image/batch-delete-image.ts';
import { batchGetImage } from './operations/image/batch-get-image.ts';
import { createRepository } from './operations/repository/create-repository.ts';
import { deleteLifecyclePolicy } from './operations/lifecycle/delete-lifecycle-policy.ts';
import { deleteRegistryPolicy } from './operations/registry/delete-registry-policy.ts';
import { deleteRepository } from './operations/repository/delete-repository.ts';
import { deleteRepositoryPolicy } from './operations/policy/delete-repository-policy.ts';
import { describeImages } from './operations/image/describe-images.ts';
import { describeRegistry } from './operations/registry/describe-registry.ts';
import { describeRepositories } from './operations/repository/describe-repositories.ts';
import { getAuthorizationToken } from './operations/registry/get-authorization-token.ts';
import { getLifecyclePolicy } from './operations/lifecycle/get-lifecycle-policy.ts';
import { getLifecyclePolicyPreview } from './operations/lifecycle/get-lifecycle-policy-preview.ts';
import { getRegistryPolicy } from './operations/registry/get-registry-policy.ts';
import { getRepositoryPolicy } from './operations/policy/get-repository-policy.ts';
import { listImages } from './operations/image/list-images.ts';
import { listTagsForResource } from './operations/tag/list-tags-for-resource.ts';
import { createPullThroughCacheRule } from './operations/pull-through/create-pull-through-cache-rule.ts';
import { deletePullThroughCacheRule } from './operations/pull-through/delete-pull-through-cache-rule.ts';
import { describePullThroughCacheRules } from './operations/pull-through/describe-pull-through-cache-rules.ts';
import { updatePullThroughCacheRule } from './operations/pull-through/update-pull-through-cache-rule.ts';
import { validatePullThroughCacheRule } from './operations/pull-through/validate-pull-through-cache-rule.ts';
import { putImage } from './operations/image/put-image.ts';
import { putImageScanningConfiguration } from './operations/repository/put-image-scanning-configuration.ts';
import { putImageTagMutability } from './operations/repository/put-image-tag-mutability.ts';
import { putLifecyclePolicy } from './operations/lifecycle/put-lifecycle-policy.ts';
import { putRegistryPolicy } from './operations/registry/put-registry-policy.ts';
import { setRepositoryPolicy } from './operations/policy/set-repository-policy.ts';
import { startLifecyclePolicyPreview } from './operations/lifecycle/start-lifecycle-policy-preview.ts';
import { tagResource } from './operations/tag/tag-resource.ts';
import { untagResource } from './operations/tag/untag-resource.ts';

/** A row for each operation of the model. */
const table: WaitingOperationTable<EcrOperations, Ecr> = {
  BatchCheckLayerAvailability: batchCheckLayerAvailability,
  BatchDeleteImage: batchDeleteImage,
  BatchGetImage: batchGetImage,
  CreatePullThroughCacheRule: createPullThroughCacheRule,
  CreateRepository: createRepository,
  DeleteLifecyclePolicy: deleteLifecyclePolicy,
  DeletePullThroughCacheRule: deletePullThroughCacheRule,
  DeleteRegistryPolicy: deleteRegistryPolicy,
  DeleteRepository: deleteRepository,
  DeleteRepositoryPolicy: deleteRepositoryPolicy,
  DescribeImages: describeImages,
  DescribePullThroughCacheRules: describePullThroughCacheRules,
  DescribeRegistry: describeRegistry,
  DescribeRepositories: describeRepositories,
  GetAuthorizationToken: getAuthorizationToken,
  GetLifecyclePolicy: getLifecyclePolicy,
  GetLifecyclePolicyPreview: getLifecyclePolicyPreview,
  GetRegistryPolicy: getRegistryPolicy,
  GetRepositoryPolicy: getRepositoryPolicy,
  ListImages: listImages,
  ListTagsForResource: listTagsForResource,
  PutImage: putImage,
  PutImageScanningConfiguration: putImageScanningConfiguration,
  PutImageTagMutability: putImageTagMutability,
  PutLifecyclePolicy: putLifecyclePolicy,
  PutRegistryPolicy: putRegistryPolicy,
  SetRepositoryPolicy: setRepositoryPolicy,
  StartLifecyclePolicyPreview: startLifecyclePolicyPreview,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdatePullThroughCacheRule: updatePullThroughCacheRule,
  ValidatePullThroughCacheRule: validatePullThroughCacheRule,
};

/** Characters of a text, and bytes of a body: a manifest is the longest. */
const textLength = 4 * 1024 * 1024;

/** The API over `ecr`. */
export function ecrApi(ecr: Ecr): Api {
  return {
    model: ecrModel,
    operations: sealedPages(ecr.pageSeal, { invalid: invalidToken }, waitingOperationsOf(table, ecr)),
    access: ecrAccess(ecr.store, operationNames(ecrModel)),
    limits: limitsOf(operationNames(ecrModel), { textLength }),
    invalid: (_operation, message) => invalidParameter(message),
    notServed: (operation) => unsupported(`the operation ${operation}`),
  };
}
