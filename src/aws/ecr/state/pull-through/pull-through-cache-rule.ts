// A rule: which repositories are filled from which other registry, when somebody pulls from them.
import { indexOn } from '../../../../store/index-on.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { defineTable } from '../../../../store/table.ts';
import { scopeKey, type Scope } from '../../../shared/scope.ts';
import type { UpstreamRegistry } from '../../shapes.generated.ts';

/** The prefix of a rule for all repositories that no other rule is for. */
export const rootPrefix = 'ROOT';

export interface PullThroughCacheRule extends Scope {
  readonly version: number;
  /** Without a slash at its end. */
  readonly prefix: string;
  /** Its host. */
  readonly upstreamRegistryUrl: string;
  readonly upstreamRegistry?: UpstreamRegistry | undefined;
  /** What the upstream's repositories are below; without a slash at its end, ROOT for nothing. */
  readonly upstreamPrefix: string;
  /** Of the secret with the login. */
  readonly credentialArn?: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const ruleKey = (scope: Scope, prefix: string): string => `${scopeKey(scope)} ${prefix}`;

const on = indexOn<PullThroughCacheRule>();

export const pullThroughCacheRules = defineTable<PullThroughCacheRule>()({
  name: 'ecr-pull-through-cache-rules',
  durable: true,
  key: (rule) => ruleKey(rule, rule.prefix),
  indexes: { scope: on('accountId', 'region') },
  tallies: {},
});

/** The rule with the longest prefix of a repository's name. */
export function ruleFor(
  tx: ReadTransaction,
  scope: Scope,
  repository: string,
): PullThroughCacheRule | undefined {
  const table = tx.table(pullThroughCacheRules);
  const parts = repository.split('/');
  for (let count = parts.length - 1; count > 0; count--) {
    const rule = table.get(ruleKey(scope, parts.slice(0, count).join('/')));
    if (rule !== undefined) return rule;
  }
  return table.get(ruleKey(scope, rootPrefix));
}

/** What the upstream calls a repository that the rule is for. */
export function upstreamName({ prefix, upstreamPrefix }: PullThroughCacheRule, repository: string): string {
  const rest = prefix === rootPrefix ? repository : repository.slice(prefix.length + 1);
  return upstreamPrefix === rootPrefix ? rest : `${upstreamPrefix}/${rest}`;
}
