// GetSessionToken: credentials of the same user, or of the root, that end.
import type { ReadTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import { inHomePartition } from '../../iam/state/entity/entity.ts';
import { userId } from '../../iam/state/access-key/access-key.ts';
import { accessKeys } from '../../iam/state/access-key/access-keys.ts';
import { newCredentials } from '../../iam/state/session/new-session.ts';
import { users } from '../../iam/state/user/users.ts';
import { accessDenied, invalidParameter } from '../errors.ts';
import { presentCredentials } from '../present-credentials.ts';
import type { StsOperation } from '../sts.ts';
import { checkedDuration } from './session-input.ts';

/** Seconds, of a user and of the root. */
const defaultDuration = 43_200;
const maxDuration = 129_600;
const rootDuration = 3600;

export const getSessionToken: StsOperation<'GetSessionToken'> = (
  { store, random, sessionSeal },
  input,
  call,
) => {
  const {
    DurationSeconds: seconds = defaultDuration,
    SerialNumber: serial,
    TokenCode: code,
    MinimumSessionTokenSize: size,
  } = input;
  if (call.session !== undefined) throw accessDenied('Cannot call GetSessionToken with session credentials');
  if (serial !== undefined || code !== undefined || size !== undefined)
    throw invalidParameter(
      'Longshore does not support SerialNumber, TokenCode and MinimumSessionTokenSize yet.',
    );
  checkedDuration(seconds, maxDuration);
  return store.view((tx) => {
    const { user, principalId } = whoseKey(tx, call);
    const lasting = user === undefined ? Math.min(seconds, rootDuration) : seconds;
    const credentials = newCredentials(sessionSeal, random, {
      accountId: call.accountId,
      principalArn: inHomePartition(call.principalArn),
      session: {
        principalId,
        user,
        issuedAt: call.now,
        expiresAt: call.now + lasting * 1000,
        tags: {},
        transitiveTagKeys: [],
      },
    });
    return { Credentials: presentCredentials(credentials) };
  });
};

/** The user's key in its table, undefined of the root, and its unique id. */
function whoseKey(
  tx: ReadTransaction,
  { accessKeyId, principalArn }: Call,
): { readonly user: string | undefined; readonly principalId: string } {
  const user = tx.table(users).get(tx.table(accessKeys).get(accessKeyId)?.user ?? '');
  return user === undefined
    ? { user: undefined, principalId: userId(principalArn) }
    : { user: users.key(user), principalId: user.id };
}
