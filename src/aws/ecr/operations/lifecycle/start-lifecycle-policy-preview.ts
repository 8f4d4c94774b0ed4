// StartLifecyclePolicyPreview: tries a policy, or the one that the repository has, and deletes nothing.
import { asInvalidParameter } from '../../../shared/broken-rule.ts';
import type { EcrOperation } from '../../ecr.ts';
import { lifecyclePolicyNotFound } from '../../errors.ts';
import { readLifecyclePolicy } from '../../state/lifecycle/lifecycle-policy.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const startLifecyclePolicyPreview: EcrOperation<'StartLifecyclePolicyPreview'> = (
  { store },
  input,
  call,
) => {
  const { lifecyclePolicyText: given } = input;
  if (given !== undefined) asInvalidParameter(() => readLifecyclePolicy(given));
  return store.update((tx) => {
    const repository = repositoryOf(tx, call, input);
    const lifecyclePreview = given ?? repository.lifecyclePolicy;
    if (lifecyclePreview === undefined) throw lifecyclePolicyNotFound(repository);
    tx.table(repositories).put({ ...repository, lifecyclePreview });
    return {
      registryId: repository.accountId,
      repositoryName: repository.name,
      lifecyclePolicyText: lifecyclePreview,
      status: 'IN_PROGRESS',
    };
  });
};
