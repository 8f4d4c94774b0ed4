// SetRepositoryPolicy: who else may do what with the repository.
import type { EcrOperation } from '../../ecr.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';
import { checkedPolicy } from './policy-text.ts';

export const setRepositoryPolicy: EcrOperation<'SetRepositoryPolicy'> = ({ store }, input, call) => {
  const policy = checkedPolicy('PolicyText', input.policyText);
  return store.update((tx) => {
    const { accountId, name } = tx.table(repositories).put({ ...repositoryOf(tx, call, input), policy });
    return { registryId: accountId, repositoryName: name, policyText: policy };
  });
};
