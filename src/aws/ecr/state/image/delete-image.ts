// What the end of an image changes: it is gone at once, and its manifest is taken out of the registry's engine later.
import type { WriteTransaction } from '../../../../store/store.ts';
import { engineName } from '../engine-name.ts';
import { repositories } from '../repository/repositories.ts';
import { deletedManifests } from './deleted-manifests.ts';
import type { Image } from './image.ts';
import { images } from './images.ts';

/** Deletes the image with all its tags. */
export function deleteImage(tx: WriteTransaction, image: Image): void {
  const { repositoryArn, digest } = image;
  const repository = tx.table(repositories).get(repositoryArn);
  tx.table(images).delete(images.key(image));
  if (repository !== undefined)
    tx.table(deletedManifests).put({
      repositoryArn,
      digest,
      engineName: engineName(repository, repository.name),
    });
}
