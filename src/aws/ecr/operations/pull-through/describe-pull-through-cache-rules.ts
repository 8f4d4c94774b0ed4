// DescribePullThroughCacheRules: those of the prefixes, or all, in pages.
import { afterToken, pageOf } from '../../../shared/page.ts';
import type { EcrOperation } from '../../ecr.ts';
import { invalidParameter } from '../../errors.ts';
import { presentRule } from '../../present/pull-through-cache-rule.ts';
import { pullThroughCacheRules } from '../../state/pull-through/pull-through-cache-rule.ts';
import { pageSize } from '../page-size.ts';
import { findRule } from './find-rule.ts';

const maxPrefixes = 100;

export const describePullThroughCacheRules: EcrOperation<'DescribePullThroughCacheRules'> = (
  { store },
  { registryId, ecrRepositoryPrefixes: prefixes, nextToken, maxResults },
  call,
) => {
  const size = pageSize(maxResults);
  if (prefixes === undefined)
    return store.view((tx) => {
      const own = registryId === undefined || registryId === call.accountId;
      const after = afterToken('rules', nextToken);
      const rows = own ? tx.table(pullThroughCacheRules).by('scope', call, after) : [];
      const page = pageOf('rules', rows, size, pullThroughCacheRules.key, presentRule);
      return { pullThroughCacheRules: page.items, nextToken: page.nextToken };
    });
  if (prefixes.length > maxPrefixes || prefixes.length === 0)
    throw invalidParameter(`ecrRepositoryPrefixes should have 1 to ${maxPrefixes} entries.`);
  if (nextToken !== undefined || maxResults !== undefined)
    throw invalidParameter('maxResults and nextToken cannot be used with ecrRepositoryPrefixes.');
  return store.view((tx) => ({
    pullThroughCacheRules: prefixes.map((prefix) => presentRule(findRule(tx, call, prefix, registryId))),
  }));
};
