// GetLifecyclePolicy: the policy of a repository, as it was given.
import type { EcrOperation } from '../../ecr.ts';
import { lifecyclePolicyNotFound } from '../../errors.ts';
import { presentLifecyclePolicy } from '../../present/lifecycle-policy.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const getLifecyclePolicy: EcrOperation<'GetLifecyclePolicy'> = ({ store }, input, call) =>
  store.view((tx) => {
    const repository = repositoryOf(tx, call, input);
    if (repository.lifecyclePolicy === undefined) throw lifecyclePolicyNotFound(repository);
    return presentLifecyclePolicy(repository);
  });
