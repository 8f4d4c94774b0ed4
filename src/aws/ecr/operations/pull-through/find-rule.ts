import type { ReadTransaction } from '../../../../store/store.ts';
import type { Caller } from '../../../../wire/caller.ts';
import { ruleNotFound } from '../../errors.ts';
import {
  pullThroughCacheRules,
  ruleKey,
  type PullThroughCacheRule,
} from '../../state/pull-through/pull-through-cache-rule.ts';

/** The prefix without a slash at its end, which it may be written with. */
export const plainPrefix = (prefix: string): string => prefix.replace(/\/$/, '');

/** The rule of that prefix; throws PullThroughCacheRuleNotFoundException, also for the registry of another account. */
export function findRule(
  tx: ReadTransaction,
  caller: Caller,
  prefix: string,
  accountId = caller.accountId,
): PullThroughCacheRule {
  const own = accountId === caller.accountId;
  const rule = own ? tx.table(pullThroughCacheRules).get(ruleKey(caller, plainPrefix(prefix))) : undefined;
  if (rule === undefined) throw ruleNotFound(prefix, { accountId });
  return rule;
}
