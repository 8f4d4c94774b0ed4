// PutLifecyclePolicy: lets images of the repository expire from now on; a controller does it.
import { asInvalidParameter } from '../../../shared/broken-rule.ts';
import type { EcrOperation } from '../../ecr.ts';
import { readLifecyclePolicy } from '../../state/lifecycle/lifecycle-policy.ts';
import { repositories } from '../../state/repository/repositories.ts';
import { repositoryOf } from '../resolve/repository.ts';

export const putLifecyclePolicy: EcrOperation<'PutLifecyclePolicy'> = ({ store }, input, call) => {
  const { lifecyclePolicyText: lifecyclePolicy } = input;
  asInvalidParameter(() => readLifecyclePolicy(lifecyclePolicy));
  return store.update((tx) => {
    const { accountId, name } = tx
      .table(repositories)
      .put({ ...repositoryOf(tx, call, input), lifecyclePolicy, lifecycleEvaluatedAt: undefined });
    return { registryId: accountId, repositoryName: name, lifecyclePolicyText: lifecyclePolicy };
  });
};
