// BatchDeleteImage: a tag alone is taken off its image, and the image goes with its last one; a digest is deleted with all its tags.
import type { WriteTransaction } from '../../../../store/store.ts';
import type { EcrOperation } from '../../ecr.ts';
import { invalidParameter } from '../../errors.ts';
import { identifiersOf } from '../../present/image.ts';
import type { ImageFailure, ImageIdentifier } from '../../shapes.generated.ts';
import { deleteImage } from '../../state/image/delete-image.ts';
import { images } from '../../state/image/images.ts';
import type { Image } from '../../state/image/image.ts';
import { findImage } from '../resolve/image.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const maxImages = 100;

/** Throws InvalidParameterException for none, or too many. */
export function checkImageIds({ length }: readonly ImageIdentifier[]): void {
  if (length < 1 || length > maxImages)
    throw invalidParameter(
      `Invalid parameter at 'imageIds' failed to satisfy constraint: 'must have 1 to ${maxImages} entries'`,
    );
}

export const batchDeleteImage: EcrOperation<'BatchDeleteImage'> = ({ store }, input, call) => {
  checkImageIds(input.imageIds);
  return store.update((tx) => {
    const { arn } = repositoryOf(tx, call, input);
    const imageIds: ImageIdentifier[] = [];
    const failures: ImageFailure[] = [];
    for (const imageId of input.imageIds) {
      const found = findImage(tx, arn, imageId);
      if (!('image' in found)) failures.push({ imageId, ...found });
      else if (isHeld(tx, found.image, imageId))
        failures.push({
          imageId,
          failureCode: 'ImageReferencedByManifestList',
          failureReason: 'Requested image referenced by manifest list',
        });
      else imageIds.push(...remove(tx, found.image, imageId));
    }
    return { imageIds, failures };
  });
};

/** Whether the image would go, and a list needs it. */
const isHeld = (tx: WriteTransaction, { repositoryArn, digest, tags }: Image, id: ImageIdentifier): boolean =>
  (id.imageTag === undefined || tags.length === 1) &&
  tx.table(images).count('listed', { repositoryArn, digest }) > 0;

function remove(tx: WriteTransaction, image: Image, { imageTag }: ImageIdentifier): ImageIdentifier[] {
  const tags = image.tags.filter((tag) => tag !== imageTag);
  if (imageTag !== undefined && tags.length > 0) {
    tx.table(images).put({ ...image, tags });
    return [{ imageDigest: image.digest, imageTag }];
  }
  deleteImage(tx, image);
  return identifiersOf(image);
}
