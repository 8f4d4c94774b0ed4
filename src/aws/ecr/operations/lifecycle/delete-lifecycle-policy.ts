// DeleteLifecyclePolicy: takes the policy away, and answers it.
import type { EcrOperation } from '../../ecr.ts';
import { lifecyclePolicyNotFound } from '../../errors.ts';
import { presentLifecyclePolicy } from '../../present/lifecycle-policy.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const deleteLifecyclePolicy: EcrOperation<'DeleteLifecyclePolicy'> = ({ store }, input, call) =>
  store.update((tx) => {
    const repository = repositoryOf(tx, call, input);
    if (repository.lifecyclePolicy === undefined) throw lifecyclePolicyNotFound(repository);
    tx.table(repositories).put({
      ...repository,
      lifecyclePolicy: undefined,
      lifecycleEvaluatedAt: undefined,
    });
    return presentLifecyclePolicy(repository);
  });
