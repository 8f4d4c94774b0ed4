// UntagResource: takes tags off a repository; tag keys that it does not have are no error.
import type { EcrOperation } from '../../ecr.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOfArn } from '../resolve/repository.ts';

export const untagResource: EcrOperation<'UntagResource'> = ({ store }, { resourceArn, tagKeys }, call) =>
  store.update((tx) => {
    const repository = repositoryOfArn(tx, call, resourceArn);
    const tags = repository.tags.filter(({ key }) => !tagKeys.includes(key));
    tx.table(repositories).put({ ...repository, tags });
    return {};
  });
