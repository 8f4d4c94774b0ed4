// Whom a policy of a resource names. It is kept with the unique ids of users and roles in place of their ARNs: whoever is made again under
// a name is not who was named. Answers show ARNs again, as long as there is who they are of.
import { inPartitionOf } from '../../../../lib/partition.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { BrokenRule } from '../../../shared/broken-rule.ts';
import type { Scope } from '../../../shared/scope.ts';
import { administratorArn } from '../access-key/access-key.ts';
import { entityKey, inHomePartition } from '../entity/entity.ts';
import { changePrincipals } from '../policy/change-principals.ts';
import { roles } from '../role/roles.ts';
import { assumedRoleArn } from '../session/new-session.ts';
import { users } from '../user/users.ts';

/** What is wrong with a policy that names nobody where it should name somebody. */
export class NoSuchPrincipal extends BrokenRule {
  constructor(name: string) {
    super(`Invalid principal in policy: "AWS":"${name}"`);
  }
}

/** A policy as it is kept, which is JSON; throws NoSuchPrincipal where it names a user or a role of the account that is not there. */
export const withPrincipalIds = (tx: ReadTransaction, scope: Scope, policy: string): string =>
  changePrincipals(policy, (name) => idOf(tx, scope, name));

/** A policy that is kept, as answers show it. */
export const withPrincipalArns = (tx: ReadTransaction, scope: Scope, policy: string): string =>
  changePrincipals(policy, (name) => arnOf(tx, scope, name) ?? name);

const isWhole = /^(\*|\d{12}|arn:[a-z-]+:(iam|sts)::\d{12}:.+|A[A-Z0-9]{15,}(:.+)?)$/;

function idOf(tx: ReadTransaction, scope: Scope, name: string): string {
  if (!isWhole.test(name)) throw new NoSuchPrincipal(name);
  if (name.startsWith('A')) return knownId(tx, scope, name);
  const home = inHomePartition(name);
  const [, accountId, rest] = /^arn:aws:(?:iam|sts)::(\d{12}):(.+)$/.exec(home) ?? [];
  if (accountId === undefined || isNoEntity(accountId, home, rest!)) return name;
  const id = idOfSession(tx, accountId, rest!) ?? idOfEntity(tx, home);
  if (id !== undefined) return id;
  // Who is in other accounts is not known.
  if (accountId === scope.accountId) throw new NoSuchPrincipal(name);
  return name;
}

/** The account, its administrator and who comes from elsewhere are neither users nor roles. */
const isNoEntity = (accountId: string, arn: string, rest: string): boolean =>
  rest === 'root' || arn === administratorArn(accountId) || rest.startsWith('federated-user/');

function knownId(tx: ReadTransaction, scope: Scope, id: string): string {
  if (arnOf(tx, scope, id) === undefined) throw new NoSuchPrincipal(id);
  return id;
}

function idOfEntity(tx: ReadTransaction, arn: string): string | undefined {
  const [found] = [...tx.table(users).by('arn', { arn }), ...tx.table(roles).by('arn', { arn })];
  return found?.id;
}

function idOfSession(tx: ReadTransaction, accountId: string, rest: string): string | undefined {
  const [, roleName, session] = /^assumed-role\/([^/]+)\/([^/]+)$/.exec(rest) ?? [];
  if (roleName === undefined) return undefined;
  const role = tx.table(roles).get(entityKey(accountId, roleName));
  return role?.name === roleName ? `${role.id}:${session}` : undefined;
}

/** The ARN of whom an id is of, with `:` and a session's name behind it or without; undefined where nobody has it. */
function arnOf(tx: ReadTransaction, { region }: Scope, name: string): string | undefined {
  const [, id, session] = /^(A[A-Z0-9]{15,})(?::(.+))?$/.exec(name) ?? [];
  if (id === undefined) return undefined;
  const [role] = tx.table(roles).by('id', { id });
  if (session !== undefined) return role && inPartitionOf(region, assumedRoleArn(role, session));
  const found = role ?? tx.table(users).by('id', { id }).next().value;
  return found && inPartitionOf(region, found.arn);
}
