// UpdatePullThroughCacheRule: gives a rule another login.
import type { EcrOperation } from '../../ecr.ts';
import { invalidParameter } from '../../errors.ts';
import { presentRule } from '../../present/pull-through-cache-rule.ts';
import { pullThroughCacheRules } from '../../state/pull-through/pull-through-cache-rule.ts';
import { checkedCredentials } from './credentials.ts';
import { findRule } from './find-rule.ts';

export const updatePullThroughCacheRule: EcrOperation<'UpdatePullThroughCacheRule'> = (ecr, input, call) =>
  ecr.store.update((tx) => {
    const rule = findRule(tx, call, input.ecrRepositoryPrefix, input.registryId);
    const credentialArn = checkedCredentials(ecr, tx, call, input);
    if (credentialArn === undefined) throw invalidParameter('Specify credentialArn.');
    const changed = tx.table(pullThroughCacheRules).put({ ...rule, credentialArn, updatedAt: call.now });
    const { createdAt: _, upstreamRegistry: __, upstreamRegistryUrl: ___, ...updated } = presentRule(changed);
    return updated;
  });
