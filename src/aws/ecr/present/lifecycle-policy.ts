import type { Presented } from '../../shared/presented.ts';
import type { GetLifecyclePolicyResponse } from '../shapes.generated.ts';
import type { Repository } from '../state/repository/repository.ts';

export const presentLifecyclePolicy = ({
  accountId,
  name,
  lifecyclePolicy,
  lifecycleEvaluatedAt,
}: Repository): Presented<GetLifecyclePolicyResponse> => ({
  registryId: accountId,
  repositoryName: name,
  lifecyclePolicyText: lifecyclePolicy,
  lastEvaluatedAt: lifecycleEvaluatedAt === undefined ? undefined : lifecycleEvaluatedAt / 1000,
});
