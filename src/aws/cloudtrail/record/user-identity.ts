// Who called, as the element userIdentity of a record has it.
import { lastPart } from '../../../lib/arn.ts';
import type { ReadTransaction, Store } from '../../../store/store.ts';
import type { AnsweredCall } from '../../../wire/answered-call.ts';
import type { Call } from '../../../wire/api.ts';
import { userId } from '../../iam/state/access-key/access-key.ts';
import { accessKeys } from '../../iam/state/access-key/access-keys.ts';
import { roles } from '../../iam/state/role/roles.ts';
import { users } from '../../iam/state/user/users.ts';

export interface Identified {
  /** The element, in CloudTrail's form, as JSON. */
  readonly userIdentity: string;
  /** What LookupEvents calls `Username`: of a role's session its name. */
  readonly userName: string | undefined;
}

/** Callers that are remembered; all are looked up again once there are more. */
const maxKnown = 2000;

/** Says who called. What is known of a key does not change, but for the ARN of its user. */
export function identifier(
  store: Store,
): (call: Pick<AnsweredCall, 'caller' | 'statedAccessKeyId'>) => Identified {
  const known = new Map<string, Identified>();
  return ({ caller, statedAccessKeyId }) => {
    if (caller === undefined) return unknownIdentity(statedAccessKeyId);
    const key = `${caller.accessKeyId} ${caller.principalArn}`;
    const found = known.get(key) ?? store.view((tx) => identityOf(tx, caller));
    if (known.size >= maxKnown) known.clear();
    known.set(key, found);
    return found;
  };
}

/** Of a call that nobody signed rightly no more is known than the key that its signature names. */
const unknownIdentity = (accessKeyId: string | undefined): Identified =>
  identified({ type: 'Unknown', accessKeyId }, undefined);

function identityOf(tx: ReadTransaction, caller: Call): Identified {
  const { accountId, accessKeyId, principalArn: arn, session } = caller;
  const common = { arn, accountId, accessKeyId };
  const sessionContext = session && {
    sessionIssuer: session.role === undefined ? undefined : sessionIssuer(tx, session.role),
    attributes: { creationDate: instantText(session.issuedAt), mfaAuthenticated: 'false' },
    sourceIdentity: session.sourceIdentity,
  };
  if (session?.role !== undefined) {
    const principalId = `${session.principalId}:${session.name ?? ''}`;
    return identified({ type: 'AssumedRole', principalId, ...common, sessionContext }, session.name);
  }
  if (arn.endsWith(':root'))
    return identified({ type: 'Root', principalId: accountId, ...common, sessionContext }, 'root');
  const userName = lastPart(arn);
  const principalId = session?.principalId ?? userIdOf(tx, caller);
  return identified({ type: 'IAMUser', principalId, ...common, userName, sessionContext }, userName);
}

const identified = (members: object, userName: string | undefined): Identified => ({
  userIdentity: JSON.stringify(members),
  userName,
});

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
