// What the server logs in with at another registry: a secret of the account.
import type { Ecr } from '../ecr.ts';
import type { PullThroughCacheRule } from '../state/pull-through/pull-through-cache-rule.ts';
import { UpstreamUnavailable, type Login } from '../upstreams.ts';

/** The login that a secret's text is; undefined where it is none. */
export function loginIn(text: string): Login | undefined {
  try {
    const { username, accessToken } = JSON.parse(text) as Partial<Record<keyof Login, unknown>>;
    return typeof username === 'string' && typeof accessToken === 'string'
      ? { username, accessToken }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The login of a rule; undefined where it has none. Throws UpstreamUnavailable where its secret cannot be used any more. */
export function loginOf(
  { store, secretOf }: Pick<Ecr, 'store' | 'secretOf'>,
  rule: PullThroughCacheRule,
): Login | undefined {
  const { credentialArn } = rule;
  if (credentialArn === undefined) return undefined;
  const secret = store.view((tx) => secretOf(tx, rule, credentialArn));
  const login = typeof secret === 'string' ? undefined : loginIn(secret.text);
  if (login === undefined) throw new UpstreamUnavailable(`The secret '${credentialArn}' cannot be used.`);
  return login;
}
