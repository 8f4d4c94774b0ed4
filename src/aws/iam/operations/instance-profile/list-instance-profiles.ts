import type { IamOperation } from '../../iam.ts';
import { presentInstanceProfile } from '../../present/entities.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { roles } from '../../state/role/roles.ts';
import { roleNamed } from '../find.ts';
import { iamPage } from '../page.ts';

export const listInstanceProfiles: IamOperation<'ListInstanceProfiles'> = ({ store }, input, call) =>
  store.view((tx) => {
    const { PathPrefix: prefix = '/' } = input;
    const { items, end } = iamPage(
      'profiles',
      input,
      (after) =>
        Iterator.from(tx.table(instanceProfiles).by('account', call, after)).filter(({ path }) =>
          path.startsWith(prefix),
        ),
      instanceProfiles.key,
      (profile) => presentInstanceProfile(tx, profile, call),
    );
    return { InstanceProfiles: items, ...end };
  });

export const listInstanceProfilesForRole: IamOperation<'ListInstanceProfilesForRole'> = (
  { store },
  input,
  call,
) =>
  store.view((tx) => {
    const role = roles.key(roleNamed(tx, call, input.RoleName));
    const { items, end } = iamPage(
      'profiles-of',
      input,
      (after) => tx.table(instanceProfiles).by('role', { role }, after),
      instanceProfiles.key,
      (profile) => presentInstanceProfile(tx, profile, call),
    );
    return { InstanceProfiles: items, ...end };
  });
