// ListImages: an entry for each tag, and one for each image that has none, in pages.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { EcrOperation } from '../../ecr.ts';
import { identifiersOf } from '../../present/image.ts';
import type { ImageIdentifier } from '../../shapes.generated.ts';
import { images } from '../../state/image/images.ts';
import { isOfStatus } from '../../state/image/tag-status.ts';
import { pageSize } from '../page-size.ts';
import { repositoryOf } from '../resolve/repository.ts';

const keyOf = ({ imageDigest, imageTag = '' }: ImageIdentifier): string => `${imageDigest} ${imageTag}`;

export const listImages: EcrOperation<'ListImages'> = ({ store }, input, call) => {
  const size = pageSize(input.maxResults);
  return store.view((tx) => {
    const { arn: repositoryArn } = repositoryOf(tx, call, input);
    const after = afterToken('images', input.nextToken);
    const rows = [...tx.table(images).by('repository', { repositoryArn })];
    const entries = rows
      .filter((image) => isOfStatus(image, input.filter?.tagStatus))
      .flatMap(identifiersOf)
      .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
      .filter((entry) => after === undefined || keyOf(entry) > after);
    const page = pageOf('images', entries, size, keyOf, (entry) => entry);
    return { imageIds: page.items, nextToken: page.nextToken };
  });
};
