// Who acts, as policies see it: by its key, or by its session.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Caller, Session } from '../../../shared/session.ts';
import type { Tag } from '../../../shared/tag.ts';
import type { Policies, Requester } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Role } from '../role/role.ts';
import { roles } from '../role/roles.ts';
import type { User } from '../user/user.ts';
import { users } from '../user/users.ts';
import { boundaryOf, managedPoliciesOf, policiesOfRole, policiesOfUser } from './policies-of.ts';

export interface Principal {
  readonly requester: Requester;
  readonly policies: Pick<Policies, 'identity' | 'boundary' | 'session'>;
  /** The condition keys that tell who it is, in lower case. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** The principal of a user's key. */
export function userPrincipal(tx: ReadTransaction, user: User, session?: Session): Principal {
  return {
    requester: { accountId: user.accountId, arn: user.arn, id: user.id },
    policies: { identity: policiesOfUser(tx, user), boundary: boundaryOf(tx, user) },
    context: {
      ...tagContext(user.tags),
      ...sessionContext(session),
      'aws:principalarn': [user.arn],
      'aws:principalaccount': [user.accountId],
      'aws:principaltype': ['User'],
      'aws:userid': [user.id],
      'aws:username': [user.name],
    },
  };
}

/** The principal of a session of a role. */
export function rolePrincipal(tx: ReadTransaction, role: Role, session: Session, arn: string): Principal {
  const { accountId } = role;
  const id = `${role.id}:${session.name ?? ''}`;
  return {
    requester: { accountId, arn, id, roleArn: role.arn, roleId: role.id },
    policies: {
      identity: policiesOfRole(tx, role),
      boundary: boundaryOf(tx, role),
      session: session.policies && [
        ...session.policies.documents.map((document) => ({
          name: 'session',
          document: parsePolicy(document, 'identity'),
        })),
        ...managedPoliciesOf(tx, accountId, session.policies.arns),
      ],
    },
    context: {
      ...tagContext(role.tags),
      ...tagContext(Object.entries(session.tags).map(([key, value]) => ({ key, value }))),
      ...sessionContext(session),
      'aws:principalarn': [role.arn],
      'aws:principalaccount': [accountId],
      'aws:principaltype': ['AssumedRole'],
      'aws:userid': [id],
    },
  };
}

/** A tag of the session stands in front of one of its role, which has the same key in whatever case. */
const tagContext = (tags: readonly Tag[]): Principal['context'] =>
  Object.fromEntries(tags.map(({ key, value }) => [`aws:principaltag/${key.toLowerCase()}`, [value]]));

const sessionContext = (session: Session | undefined): Principal['context'] =>
  session === undefined
    ? {}
    : {
        'aws:tokenissuetime': [new Date(session.issuedAt).toISOString()],
        'aws:multifactorauthpresent': ['false'],
        ...(session.sourceIdentity !== undefined && { 'aws:sourceidentity': [session.sourceIdentity] }),
      };

/** The user or the role that a session is of, where it is still the same one; undefined where it is gone. */
export function sessionPrincipal(
  tx: ReadTransaction,
  { session, principalArn }: Caller,
): Principal | undefined {
  if (session?.role !== undefined) {
    const role = tx.table(roles).get(session.role);
    if (role?.id !== session.principalId) return undefined;
    return rolePrincipal(tx, role, session, principalArn.replace(/^arn:aws[a-z-]*:/, 'arn:aws:'));
  }
  const user = session?.user === undefined ? undefined : tx.table(users).get(session.user);
  return user !== undefined && user.id === session!.principalId
    ? userPrincipal(tx, user, session)
    : undefined;
}
