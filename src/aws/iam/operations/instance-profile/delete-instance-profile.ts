import { mustFirst } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { instanceProfileNamed } from '../find.ts';

export const deleteInstanceProfile: IamOperation<'DeleteInstanceProfile'> = ({ store }, input, call) =>
  store.update((tx) => {
    const profile = instanceProfileNamed(tx, call, input.InstanceProfileName);
    if (profile.role !== undefined) throw mustFirst('remove roles from instance profile');
    tx.table(instanceProfiles).delete(instanceProfiles.key(profile));
    return {};
  });
