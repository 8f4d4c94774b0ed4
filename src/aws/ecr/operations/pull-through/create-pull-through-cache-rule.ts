// CreatePullThroughCacheRule: repositories below a prefix are filled from another registry when somebody pulls from them.
import type { EcrOperation } from '../../ecr.ts';
import { broken, invalidParameter, limitExceeded, ruleExists, unsupportedUpstream } from '../../errors.ts';
import { presentRule } from '../../present/pull-through-cache-rule.ts';
import type { CreatePullThroughCacheRuleRequest, UpstreamRegistry } from '../../shapes.generated.ts';
import {
  pullThroughCacheRules,
  rootPrefix,
  ruleKey,
} from '../../state/pull-through/pull-through-cache-rule.ts';
import { checkedCredentials } from './credentials.ts';
import { plainPrefix } from './find-rule.ts';

/** ECR's quota of a registry. */
const maxRules = 50;
const part = '[a-z0-9]+(?:[._-][a-z0-9]+)*';
const form = `((?:${part}/)*${part}/?|${rootPrefix})`;

export const createPullThroughCacheRule: EcrOperation<'CreatePullThroughCacheRule'> = (ecr, input, call) => {
  const { upstreamRegistryUrl } = input;
  const prefix = checkedPrefix('ecrRepositoryPrefix', input.ecrRepositoryPrefix);
  const upstreamPrefix = checkedPrefix(
    'upstreamRepositoryPrefix',
    input.upstreamRepositoryPrefix ?? rootPrefix,
  );
  if (prefix === rootPrefix && upstreamPrefix !== rootPrefix)
    throw invalidParameter('With the ecrRepositoryPrefix ROOT, upstreamRepositoryPrefix can only be ROOT.');
  if (input.registryId !== undefined && input.registryId !== call.accountId)
    throw invalidParameter(`The registry with id '${input.registryId}' is of another account.`);
  const upstreamRegistry = upstreamOf(ecr.upstreams.hosts, input);
  return ecr.store.update((tx) => {
    if (tx.table(pullThroughCacheRules).get(ruleKey(call, prefix)) !== undefined)
      throw ruleExists(input.ecrRepositoryPrefix, call);
    if (tx.table(pullThroughCacheRules).count('scope', call) >= maxRules)
      throw limitExceeded(`A registry can have a maximum of ${maxRules} pull through cache rules.`);
    const rule = tx.table(pullThroughCacheRules).put({
      accountId: call.accountId,
      region: call.region,
      prefix,
      upstreamPrefix,
      upstreamRegistryUrl,
      upstreamRegistry,
      credentialArn: checkedCredentials(ecr, tx, call, input),
      createdAt: call.now,
      updatedAt: call.now,
    });
    const { updatedAt: _, ...created } = presentRule(rule);
    return created;
  });
};

function checkedPrefix(member: string, prefix: string): string {
  if (prefix.length < 2) throw broken(member, 'must have length greater than or equal to 2');
  if (prefix.length > 30) throw broken(member, 'must have length less than or equal to 30');
  if (!new RegExp(`^${form}$`).test(prefix))
    throw broken(member, `must satisfy regular expression '${form}'`);
  return plainPrefix(prefix);
}

/** Those that AWS has a name for. */
const known: Readonly<Record<string, UpstreamRegistry>> = {
  'public.ecr.aws': 'ecr-public',
  'registry-1.docker.io': 'docker-hub',
  'quay.io': 'quay',
  'registry.k8s.io': 'k8s',
  'ghcr.io': 'github-container-registry',
  'registry.gitlab.com': 'gitlab-container-registry',
  'cgr.dev': 'chainguard',
};

/** What AWS calls the registry; throws where nothing may be pulled from it, or it is another one than is said. */
function upstreamOf(
  hosts: readonly string[],
  { upstreamRegistryUrl: host, upstreamRegistry: said }: CreatePullThroughCacheRuleRequest,
): UpstreamRegistry | undefined {
  if (!hosts.includes(host))
    throw unsupportedUpstream(
      hosts.length === 0
        ? `The upstream registry '${host}' isn't supported: the server was started without --ecr-upstreams.`
        : `The upstream registry '${host}' isn't supported: --ecr-upstreams of the server has ${hosts.join(', ')}.`,
    );
  const name = host.endsWith('.azurecr.io') ? 'azure-container-registry' : known[host];
  if (said !== undefined && name !== undefined && said !== name)
    throw invalidParameter(`The upstream registry '${host}' is ${name}, not ${said}.`);
  return name ?? said;
}
