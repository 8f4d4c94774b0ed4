// ValidatePullThroughCacheRule: asks the rule's registry whether it lets the server in.
import type { EcrWaitingOperation } from '../../ecr.ts';
import { presentRule } from '../../present/pull-through-cache-rule.ts';
import { loginOf } from '../../registry/upstream-login.ts';
import { UpstreamUnavailable } from '../../upstreams.ts';
import { findRule } from './find-rule.ts';

export const validatePullThroughCacheRule: EcrWaitingOperation<'ValidatePullThroughCacheRule'> = async (
  ecr,
  { ecrRepositoryPrefix, registryId },
  call,
) => {
  const rule = ecr.store.view((tx) => findRule(tx, call, ecrRepositoryPrefix, registryId));
  const failure = await failureOf(async () => {
    const login = loginOf(ecr, rule);
    const { body } = await ecr.upstreams.get({
      host: rule.upstreamRegistryUrl,
      path: '/v2/',
      repository: '',
      login,
    });
    body.destroy();
  });
  const { createdAt: _, updatedAt: __, upstreamRegistry: ___, ...validated } = presentRule(rule);
  return { ...validated, isValid: failure === undefined, failure };
};

/** What is in the way; undefined where nothing is. */
async function failureOf(ask: () => Promise<void>): Promise<string | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (error instanceof UpstreamUnavailable) return error.message;
    throw error;
  }
}
