// ListEntitiesForPolicy: the users, groups and roles that a managed policy is attached to, or bounds.
import type { ReadTransaction } from '../../../../store/store.ts';
import type { Call } from '../../../../wire/api.ts';
import type { IamOperation } from '../../iam.ts';
import type { ListEntitiesForPolicyRequest } from '../../shapes.generated.ts';
import type { Entity } from '../../state/entity/entity.ts';
import { groups } from '../../state/group/groups.ts';
import type { ManagedPolicy } from '../../state/managed-policy/managed-policy.ts';
import { roles } from '../../state/role/roles.ts';
import { users } from '../../state/user/users.ts';
import { policyOf } from '../find.ts';
import { iamPage } from '../page.ts';

interface Found {
  readonly kind: 'Group' | 'Role' | 'User';
  readonly entity: Entity;
}

const keyOf = ({ kind, entity }: Found): string => `${kind}/${entity.name.toLowerCase()}`;

export const listEntitiesForPolicy: IamOperation<'ListEntitiesForPolicy'> = ({ store }, input, call) =>
  store.view((tx) => {
    const all = entitiesOf(tx, policyOf(tx, call, input.PolicyArn), input, call);
    const { items, end } = iamPage(
      'entities',
      input,
      (after) => all.filter((found) => after === undefined || keyOf(found) > after),
      keyOf,
      (found) => found,
    );
    const of = (wanted: Found['kind']) =>
      items.filter(({ kind }) => kind === wanted).map(({ entity }) => entity);
    return {
      PolicyGroups: of('Group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of('User').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of('Role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...end,
    };
  });

/** In the order of their keys. */
function entitiesOf(
  tx: ReadTransaction,
  { arn: policy }: ManagedPolicy,
  { EntityFilter: filter, PathPrefix: prefix = '/', PolicyUsageFilter: usage }: ListEntitiesForPolicyRequest,
  { accountId }: Call,
): readonly Found[] {
  const attached = { accountId, policy };
  const bounded = { accountId, permissionsBoundary: policy };
  const of = (kind: Found['kind'], entities: Iterable<Entity>): Found[] =>
    Array.from(entities, (entity) => ({ kind, entity }));
  const permissions = [
    ...of('Group', tx.table(groups).by('policy', attached)),
    ...of('Role', tx.table(roles).by('policy', attached)),
    ...of('User', tx.table(users).by('policy', attached)),
  ];
  const bounds = [
    ...of('Role', tx.table(roles).by('boundary', bounded)),
    ...of('User', tx.table(users).by('boundary', bounded)),
  ];
  const wanted = usage === 'PermissionsBoundary' ? bounds : usage ? permissions : [...permissions, ...bounds];
  const unique = new Map(wanted.map((found) => [keyOf(found), found]));
  return [...unique.values()]
    .filter(({ kind, entity }) => entity.path.startsWith(prefix) && isKind(kind, filter))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The filter's other words are kinds of policies, which no entity is of. */
const isKind = (kind: Found['kind'], filter: string | undefined): boolean =>
  filter === undefined || filter === kind;
