// GetCallerIdentity: whose key signed. Everybody may ask.
import type { ReadTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import { userId } from '../../iam/state/access-key/access-key.ts';
import { accessKeys } from '../../iam/state/access-key/access-keys.ts';
import { users } from '../../iam/state/user/users.ts';
import type { StsOperation } from '../sts.ts';

export const getCallerIdentity: StsOperation<'GetCallerIdentity'> = ({ store }, _input, call) => ({
  UserId: store.view((tx) => idOf(tx, call)),
  Account: call.accountId,
  Arn: call.principalArn,
});

/** Of a role's session, the role's id and the session's name; of a user its id; of others one that follows from the ARN. */
function idOf(tx: ReadTransaction, { accessKeyId, principalArn, session }: Call): string {
  if (session?.role !== undefined) return `${session.principalId}:${session.name ?? ''}`;
  if (session !== undefined) return session.principalId;
  const user = tx.table(users).get(tx.table(accessKeys).get(accessKeyId)?.user ?? '');
  return user?.id ?? userId(principalArn);
}
