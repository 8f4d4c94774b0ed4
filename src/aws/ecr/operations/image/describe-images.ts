// DescribeImages: those that are named, or all of a repository, in pages.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { EcrOperation } from '../../ecr.ts';
import { imageNotFound, invalidParameter } from '../../errors.ts';
import { presentImage } from '../../present/image.ts';
import type { ImageIdentifier } from '../../shapes.generated.ts';
import type { Image } from '../../state/image/image.ts';
import { images } from '../../state/image/images.ts';
import { isOfStatus } from '../../state/image/tag-status.ts';
import type { Repository } from '../../state/repository/repository.ts';
import { pageSize } from '../page-size.ts';
import { findImage } from '../resolve/image.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const describeImages: EcrOperation<'DescribeImages'> = ({ store }, input, call) => {
  const size = pageSize(input.maxResults);
  const { imageIds, nextToken, filter } = input;
  if (imageIds !== undefined && (nextToken !== undefined || input.maxResults !== undefined))
    throw invalidParameter('maxResults and nextToken cannot be used with imageIds.');
  return store.view((tx) => {
    const repository = repositoryOf(tx, call, input);
    const present = (image: Image) => presentImage(repository, image);
    if (imageIds !== undefined) return { imageDetails: named(tx, repository, imageIds).map(present) };
    const after = afterToken('images', nextToken);
    const rows = [...tx.table(images).by('repository', { repositoryArn: repository.arn }, after)];
    const wanted = rows.filter((image) => isOfStatus(image, filter?.tagStatus));
    const page = pageOf('images', wanted, size, images.key, present);
    return { imageDetails: page.items, nextToken: page.nextToken };
  });
};

/** Each once, however often it is named; throws ImageNotFoundException. */
function named(tx: ReadTransaction, repository: Repository, ids: readonly ImageIdentifier[]): Image[] {
  const found = ids.map((id) => {
    const one = findImage(tx, repository.arn, id);
    if (!('image' in one)) throw imageNotFound(id, repository);
    return one.image;
  });
  return [...new Set(found)];
}
