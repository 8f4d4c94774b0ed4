// UpdateRole and UpdateRoleDescription: how a role is described, and how long its sessions may be.
import type { IamOperation } from '../../iam.ts';
import { presentListedRole } from '../../present/entities.ts';
import { roles } from '../../state/role/roles.ts';
import { roleNamed, roleToChange } from '../find.ts';
import { checkedDescription, checkedSessionDuration } from './role-settings.ts';

export const updateRole: IamOperation<'UpdateRole'> = ({ store }, input, call) =>
  store.update((tx) => {
    // Of a service-linked role, an account may change the description.
    const find = input.MaxSessionDuration === undefined ? roleNamed : roleToChange;
    const role = find(tx, call, input.RoleName);
    tx.table(roles).put({
      ...role,
      ...(input.Description !== undefined && { description: checkedDescription(input.Description) }),
      ...(input.MaxSessionDuration !== undefined && {
        maxSessionDuration: checkedSessionDuration(input.MaxSessionDuration),
      }),
    });
    return {};
  });

export const updateRoleDescription: IamOperation<'UpdateRoleDescription'> = ({ store }, input, call) =>
  store.update((tx) => {
    const role = roleNamed(tx, call, input.RoleName);
    const changed = tx.table(roles).put({ ...role, description: checkedDescription(input.Description) });
    return { Role: presentListedRole(tx, changed, call) };
  });
