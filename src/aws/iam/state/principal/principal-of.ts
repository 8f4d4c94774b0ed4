// Who signed a request, as policies see it.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Caller } from '../../../shared/session.ts';
import { kindOf, type AccessKey } from '../access-key/access-key.ts';
import { accessKeys } from '../access-key/access-keys.ts';
import type { NamedPolicy } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { users } from '../user/users.ts';
import { sessionPrincipal, userPrincipal, type Principal } from './principal.ts';

/** The root, a user, or the session of a user or a role; undefined of an agent, and of one who is gone. */
export function principalOf(tx: ReadTransaction, caller: Caller): Principal | undefined {
  const key = tx.table(accessKeys).get(caller.accessKeyId);
  if (isRoot(key, caller)) return rootPrincipal(caller);
  if (caller.session !== undefined) return sessionPrincipal(tx, caller);
  const user = key?.user === undefined ? undefined : tx.table(users).get(key.user);
  return user && userPrincipal(tx, user);
}

/** Whether a caller with that key, which is undefined of sessions, is the root. */
export const isRoot = (key: AccessKey | undefined, { session }: Caller): boolean =>
  session === undefined
    ? key !== undefined && kindOf(key) === 'root'
    : session.role === undefined && session.user === undefined;

/** A policy that allows everything, as the root may. */
export const everything: NamedPolicy = {
  name: 'root',
  document: parsePolicy(
    JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }),
    'identity',
  ),
};

export const rootPrincipal = ({ accountId, principalArn: arn }: Caller): Principal => ({
  requester: { accountId, arn },
  policies: { identity: [everything] },
  context: {
    'aws:principalarn': [arn],
    'aws:principalaccount': [accountId],
    'aws:principaltype': ['Account'],
  },
});
