// PutImageTagMutability: whether tags of the repository may move from image to image, from now on.
import type { EcrOperation } from '../../ecr.ts';
import { presentExclusions } from '../../present/repository.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';
import { mutabilityOf } from './mutability.ts';

export const putImageTagMutability: EcrOperation<'PutImageTagMutability'> = ({ store }, input, call) => {
  const mutability = mutabilityOf(input.imageTagMutability, input.imageTagMutabilityExclusionFilters);
  return store.update((tx) => {
    const repository = tx.table(repositories).put({ ...repositoryOf(tx, call, input), ...mutability });
    return {
      registryId: repository.accountId,
      repositoryName: repository.name,
      imageTagMutability: repository.tagMutability,
      imageTagMutabilityExclusionFilters: presentExclusions(repository),
    };
  });
};
