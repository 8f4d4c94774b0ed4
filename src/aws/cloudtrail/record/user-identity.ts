// Who called, as the element userIdentity of a record has it.
import { lastPart } from '../../../lib/arn.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { Call } from '../../../wire/api.ts';
import { userId } from '../../iam/state/access-key/access-key.ts';
import { accessKeys } from '../../iam/state/access-key/access-keys.ts';
import { roles } from '../../iam/state/role/roles.ts';
import { users } from '../../iam/state/user/users.ts';

export interface Identified {
  /** The element, in CloudTrail's form. */
  readonly userIdentity: Readonly<Record<string, unknown>>;
  /** What LookupEvents calls `Username`: of a role's session its name. */
  readonly userName: string | undefined;
}

/** Of a call that nobody signed rightly no more is known than the key that its signature names. */
export const unknownIdentity = (accessKeyId: string | undefined): Identified => ({
  userIdentity: { type: 'Unknown', ...(accessKeyId !== undefined && { accessKeyId }) },
  userName: undefined,
});

export function identityOf(tx: ReadTransaction, caller: Call): Identified {
  const { accountId, accessKeyId, principalArn: arn, session } = caller;
  const common = { arn, accountId, accessKeyId };
  const sessionContext = session && {
    sessionContext: {
      ...(session.role !== undefined && { sessionIssuer: sessionIssuer(tx, session.role) }),
      attributes: { creationDate: instantText(session.issuedAt), mfaAuthenticated: 'false' },
      ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
    },
  };
  if (session?.role !== undefined) {
    const principalId = `${session.principalId}:${session.name ?? ''}`;
    return {
      userIdentity: { type: 'AssumedRole', principalId, ...common, ...sessionContext },
      userName: session.name,
    };
  }
  if (arn.endsWith(':root'))
    return {
      userIdentity: { type: 'Root', principalId: accountId, ...common, ...sessionContext },
      userName: 'root',
    };
  const userName = lastPart(arn);
  const principalId = session?.principalId ?? userIdOf(tx, caller);
  return {
    userIdentity: { type: 'IAMUser', principalId, ...common, userName, ...sessionContext },
    userName,
  };
}

/** E.g. `2026-01-31T12:00:00Z`. */
export const instantText = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

function sessionIssuer(tx: ReadTransaction, key: string): Readonly<Record<string, unknown>> {
  const role = tx.table(roles).get(key);
  if (role === undefined) return { type: 'Role' };
  const { id: principalId, arn, accountId, name: userName } = role;
  return { type: 'Role', principalId, arn, accountId, userName };
}

function userIdOf(tx: ReadTransaction, { accessKeyId, principalArn }: Call): string {
  const user = tx.table(users).get(tx.table(accessKeys).get(accessKeyId)?.user ?? '');
  return user?.id ?? userId(principalArn);
}
