// SetRepositoryPolicy: who else may do what with the repository.
import type { EcrOperation } from '../../ecr.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';
import { checkedPolicy, keptPolicy } from './policy-text.ts';

export const setRepositoryPolicy: EcrOperation<'SetRepositoryPolicy'> = ({ store }, input, call) => {
  const policy = checkedPolicy('PolicyText', input.policyText);
  return store.update((tx) => {
    const repository = repositoryOf(tx, call, input);
    const kept = keptPolicy(tx, call, 'PolicyText', policy);
    const { accountId, name } = tx.table(repositories).put({ ...repository, policy: kept });
    return { registryId: accountId, repositoryName: name, policyText: policy };
  });
};
