// GetLifecyclePolicyPreview: what the policy that is tried would let expire of the images that there are now.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { EcrOperation } from '../../ecr.ts';
import { previewNotFound } from '../../errors.ts';
import type { LifecyclePolicyPreviewResult } from '../../shapes.generated.ts';
import { images } from '../../state/image/images.ts';
import { isOfStatus } from '../../state/image/tag-status.ts';
import { expiringImages, type ExpiringImage } from '../../state/lifecycle/expiring-images.ts';
import { readLifecyclePolicy } from '../../state/lifecycle/lifecycle-policy.ts';
import { pageSize } from '../page-size.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const getLifecyclePolicyPreview: EcrOperation<'GetLifecyclePolicyPreview'> = (
  { store },
  input,
  call,
) => {
  const size = pageSize(input.maxResults);
  return store.view((tx) => {
    const repository = repositoryOf(tx, call, input);
    const { lifecyclePreview } = repository;
    if (lifecyclePreview === undefined) throw previewNotFound(repository);
    const held = [...tx.table(images).by('repository', { repositoryArn: repository.arn })];
    const expiring = expiringImages(readLifecyclePolicy(lifecyclePreview), held, call.now);
    const after = afterToken('preview', input.nextToken);
    const wanted = expiring
      .filter(({ image }) => isOfStatus(image, input.filter?.tagStatus) && isNamed(image, input.imageIds))
      .toSorted((one, other) => (digestOf(one) < digestOf(other) ? -1 : 1))
      .filter((one) => after === undefined || digestOf(one) > after);
    const page = pageOf('preview', wanted, size, digestOf, presentExpiring);
    return {
      registryId: repository.accountId,
      repositoryName: repository.name,
      lifecyclePolicyText: lifecyclePreview,
      status: 'COMPLETE',
      previewResults: page.items,
      nextToken: page.nextToken,
      summary: { expiringImageTotalCount: expiring.length },
    };
  });
};

const digestOf = ({ image }: ExpiringImage): string => image.digest;

type Ids = Parameters<typeof getLifecyclePolicyPreview>[1]['imageIds'];

const isNamed = ({ digest, tags }: ExpiringImage['image'], ids: Ids): boolean =>
  ids === undefined ||
  ids.some(({ imageDigest, imageTag }) => imageDigest === digest || tags.includes(imageTag ?? ''));

const presentExpiring = ({ image, rulePriority }: ExpiringImage): LifecyclePolicyPreviewResult => ({
  imageTags: image.tags,
  imageDigest: image.digest,
  imagePushedAt: image.pushedAt / 1000,
  action: { type: 'EXPIRE' },
  appliedRulePriority: rulePriority,
  storageClass: 'STANDARD',
});
