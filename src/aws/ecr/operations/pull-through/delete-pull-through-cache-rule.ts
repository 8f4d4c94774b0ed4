// DeletePullThroughCacheRule: repositories that it has filled stay as they are.
import type { EcrOperation } from '../../ecr.ts';
import { presentRule } from '../../present/pull-through-cache-rule.ts';
import { pullThroughCacheRules } from '../../state/pull-through/pull-through-cache-rule.ts';
import { findRule } from './find-rule.ts';

export const deletePullThroughCacheRule: EcrOperation<'DeletePullThroughCacheRule'> = (
  { store },
  { ecrRepositoryPrefix, registryId },
  call,
) =>
  store.update((tx) => {
    const rule = findRule(tx, call, ecrRepositoryPrefix, registryId);
    tx.table(pullThroughCacheRules).delete(pullThroughCacheRules.key(rule));
    const { updatedAt: _, upstreamRegistry: __, ...deleted } = presentRule(rule);
    return deleted;
  });
