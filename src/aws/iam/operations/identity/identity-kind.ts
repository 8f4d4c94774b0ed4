// Users, groups and roles, as far as policies and tags go, where they are all the same.
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { Caller } from '../../../../wire/caller.ts';
import type { Actor, Identity } from '../../state/entity/entity.ts';
import { groups } from '../../state/group/groups.ts';
import { roles } from '../../state/role/roles.ts';
import { users } from '../../state/user/users.ts';
import { groupNamed, roleNamed, roleToChange, userNamed } from '../find.ts';

export type IdentityKind = 'user' | 'group' | 'role';
export type ActorKind = Exclude<IdentityKind, 'group'>;

const readers = { user: userNamed, group: groupNamed, role: roleNamed } as const;
const changers = { user: userNamed, group: groupNamed, role: roleToChange } as const;
const tables = { user: users, group: groups, role: roles } as const;

export const identityNamed = (
  tx: ReadTransaction,
  kind: IdentityKind,
  caller: Caller,
  name: string,
): Identity => readers[kind](tx, caller, name);

export const actorNamed = (tx: ReadTransaction, kind: ActorKind, caller: Caller, name: string): Actor =>
  readers[kind](tx, caller, name);

/** Writes what `change` makes of the identity, which must be one that its account may change. */
export function changeIdentity<I extends Identity>(
  tx: WriteTransaction,
  kind: IdentityKind,
  caller: Caller,
  name: string,
  change: (identity: I) => I,
): void {
  const identity = changers[kind](tx, caller, name);
  // Which table it is from and which it goes to is the same word.
  const table = tx.table(tables[kind] as typeof groups);
  table.put(change(identity as Identity as I));
}
