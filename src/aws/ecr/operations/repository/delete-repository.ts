// DeleteRepository: with its images where `force` says so. What they were made of is taken out of the engine later.
import type { EcrOperation } from '../../ecr.ts';
import { repositoryNotEmpty } from '../../errors.ts';
import { presentRepository } from '../../present/repository.ts';
import { deleteImage } from '../../state/image/delete-image.ts';
import { images } from '../../state/image/images.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const deleteRepository: EcrOperation<'DeleteRepository'> = (ecr, input, call) =>
  ecr.store.update((tx) => {
    const repository = repositoryOf(tx, call, input);
    const held = [...tx.table(images).by('repository', { repositoryArn: repository.arn })];
    if (held.length > 0 && input.force !== true) throw repositoryNotEmpty(repository);
    for (const image of held) deleteImage(tx, image);
    tx.table(repositories).delete(repository.arn);
    return { repository: presentRepository(ecr, repository) };
  });
