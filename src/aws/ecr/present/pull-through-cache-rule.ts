import type { Presented } from '../../shared/presented.ts';
import type { PullThroughCacheRule as Shape } from '../shapes.generated.ts';
import type { PullThroughCacheRule } from '../state/pull-through/pull-through-cache-rule.ts';

export const presentRule = (rule: PullThroughCacheRule): Presented<Shape> => ({
  ecrRepositoryPrefix: rule.prefix,
  upstreamRegistryUrl: rule.upstreamRegistryUrl,
  upstreamRepositoryPrefix: rule.upstreamPrefix,
  upstreamRegistry: rule.upstreamRegistry,
  registryId: rule.accountId,
  credentialArn: rule.credentialArn,
  customRoleArn: undefined,
  createdAt: rule.createdAt / 1000,
  updatedAt: rule.updatedAt / 1000,
});
