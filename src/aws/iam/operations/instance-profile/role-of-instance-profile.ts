// AddRoleToInstanceProfile and RemoveRoleFromInstanceProfile: a profile has one role at most.
import { quotaExceeded, roleNotInProfile } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { roles } from '../../state/role/roles.ts';
import { instanceProfileNamed, roleNamed, roleToChange } from '../find.ts';

export const addRoleToInstanceProfile: IamOperation<'AddRoleToInstanceProfile'> = ({ store }, input, call) =>
  store.update((tx) => {
    const profile = instanceProfileNamed(tx, call, input.InstanceProfileName);
    const role = roleToChange(tx, call, input.RoleName);
    if (profile.role !== undefined) throw quotaExceeded('InstanceSessionsPerInstanceProfile', 1);
    tx.table(instanceProfiles).put({ ...profile, role: roles.key(role) });
    return {};
  });

export const removeRoleFromInstanceProfile: IamOperation<'RemoveRoleFromInstanceProfile'> = (
  { store },
  input,
  call,
) =>
  store.update((tx) => {
    const profile = instanceProfileNamed(tx, call, input.InstanceProfileName);
    const role = roleNamed(tx, call, input.RoleName);
    if (profile.role !== roles.key(role)) throw roleNotInProfile(role.name, profile.name);
    tx.table(instanceProfiles).put({ ...profile, role: undefined });
    return {};
  });
