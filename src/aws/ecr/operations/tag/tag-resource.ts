// TagResource: adds tags to a repository; a tag key that it has already gets the new value.
import type { EcrOperation } from '../../ecr.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOfArn } from '../resolve/repository.ts';
import { mergeTags, newTags } from './tags.ts';

export const tagResource: EcrOperation<'TagResource'> = ({ store }, input, call) => {
  const tags = newTags(input.tags);
  return store.update((tx) => {
    const repository = repositoryOfArn(tx, call, input.resourceArn);
    tx.table(repositories).put({ ...repository, tags: mergeTags(repository.tags, tags) });
    return {};
  });
};
