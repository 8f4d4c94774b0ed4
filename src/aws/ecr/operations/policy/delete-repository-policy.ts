// DeleteRepositoryPolicy: takes the policy away, and answers it.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import type { EcrOperation } from '../../ecr.ts';
import { repositoryPolicyNotFound } from '../../errors.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const deleteRepositoryPolicy: EcrOperation<'DeleteRepositoryPolicy'> = ({ store }, input, call) =>
  store.update((tx) => {
    const repository = repositoryOf(tx, call, input);
    const { accountId, name, policy } = repository;
    if (policy === undefined) throw repositoryPolicyNotFound(repository);
    tx.table(repositories).put({ ...repository, policy: undefined });
    return { registryId: accountId, repositoryName: name, policyText: withPrincipalArns(tx, call, policy) };
  });
