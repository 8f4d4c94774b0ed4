// The policies that have a say about a user or a role, ready to be evaluated. Rows never change, so what was read of one holds for as
// long as there is that row: a change makes another.
import type { ReadTransaction } from '../../../../store/store.ts';
import { lastPart } from '../../../../lib/arn.ts';
import type { Actor, Identity } from '../entity/entity.ts';
import { groups } from '../group/groups.ts';
import { findManagedPolicy } from '../managed-policy/find-managed-policy.ts';
import { defaultVersion, type ManagedPolicy } from '../managed-policy/managed-policy.ts';
import type { NamedPolicy } from '../policy/evaluate.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Role } from '../role/role.ts';
import type { User } from '../user/user.ts';

const inlineOf = new WeakMap<Identity, readonly NamedPolicy[]>();
const managedOf = new WeakMap<ManagedPolicy, NamedPolicy>();

/** Called as the simulator calls them, e.g. `role_web_logs`. */
function inlinePolicies(kind: string, identity: Identity): readonly NamedPolicy[] {
  const known = inlineOf.get(identity);
  if (known !== undefined) return known;
  const policies = Object.entries(identity.inlinePolicies).map(([name, document]) => ({
    name: `${kind}_${identity.name}_${name}`,
    document: parsePolicy(document, 'identity'),
  }));
  inlineOf.set(identity, policies);
  return policies;
}

function managedPolicy(policy: ManagedPolicy): NamedPolicy {
  const known = managedOf.get(policy);
  if (known !== undefined) return known;
  const read = { name: policy.name, document: parsePolicy(defaultVersion(policy).document, 'identity') };
  managedOf.set(policy, read);
  return read;
}

/** The managed policies of those ARNs; one that is gone allows nothing. */
export const managedPoliciesOf = (
  tx: ReadTransaction,
  accountId: string,
  arns: readonly string[],
): readonly NamedPolicy[] =>
  arns.flatMap((arn) => {
    const policy = findManagedPolicy(tx, accountId, arn);
    return policy === undefined ? [] : [managedPolicy(policy)];
  });

const ownPolicies = (tx: ReadTransaction, kind: string, identity: Identity): readonly NamedPolicy[] => [
  ...inlinePolicies(kind, identity),
  ...managedPoliciesOf(tx, identity.accountId, identity.attachedPolicies),
];

/** The user's own, and those of its groups. */
export const policiesOfUser = (tx: ReadTransaction, user: User): readonly NamedPolicy[] => [
  ...ownPolicies(tx, 'user', user),
  ...user.groups.flatMap((key) => {
    const group = tx.table(groups).get(key);
    return group === undefined ? [] : ownPolicies(tx, 'group', group);
  }),
];

export const policiesOfRole = (tx: ReadTransaction, role: Role): readonly NamedPolicy[] =>
  ownPolicies(tx, 'role', role);

export const policiesOfGroup = (tx: ReadTransaction, group: Identity): readonly NamedPolicy[] =>
  ownPolicies(tx, 'group', group);

/** The permissions boundary; undefined where there is none. One that is gone allows nothing. */
export function boundaryOf(
  tx: ReadTransaction,
  { accountId, permissionsBoundary }: Actor,
): NamedPolicy | undefined {
  if (permissionsBoundary === undefined) return undefined;
  const [found] = managedPoliciesOf(tx, accountId, [permissionsBoundary]);
  return found ?? { name: lastPart(permissionsBoundary), document: { statements: [] } };
}
