import { mustFirst } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { roles } from '../../state/role/roles.ts';
import { roleToChange } from '../find.ts';

export const deleteRole: IamOperation<'DeleteRole'> = ({ store }, { RoleName: name }, call) =>
  store.update((tx) => {
    const role = roleToChange(tx, call, name);
    const key = roles.key(role);
    if (tx.table(instanceProfiles).count('role', { role: key }) > 0)
      throw mustFirst('remove roles from instance profile');
    if (role.attachedPolicies.length > 0) throw mustFirst('detach all policies');
    if (Object.keys(role.inlinePolicies).length > 0) throw mustFirst('delete policies');
    tx.table(roles).delete(key);
    return {};
  });
