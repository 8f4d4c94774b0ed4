// GetRepositoryPolicy: the policy of a repository, as it was given.
import { withPrincipalArns } from '../../../iam/state/principal/named-principals.ts';
import type { EcrOperation } from '../../ecr.ts';
import { repositoryPolicyNotFound } from '../../errors.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const getRepositoryPolicy: EcrOperation<'GetRepositoryPolicy'> = ({ store }, input, call) =>
  store.view((tx) => {
    const repository = repositoryOf(tx, call, input);
    const { accountId, name, policy } = repository;
    if (policy === undefined) throw repositoryPolicyNotFound(repository);
    return { registryId: accountId, repositoryName: name, policyText: withPrincipalArns(tx, call, policy) };
  });
