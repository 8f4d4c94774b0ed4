import { instanceProfileExists, quotaExceeded } from '../../errors.ts';
import type { IamOperation } from '../../iam.ts';
import { presentInstanceProfile } from '../../present/entities.ts';
import { entityArn, entityKey, newEntityId } from '../../state/entity/entity.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { checkedName, checkedPath, checkedTags } from '../names.ts';

const maxProfiles = 1000;

export const createInstanceProfile: IamOperation<'CreateInstanceProfile'> = (
  { store, random },
  input,
  call,
) => {
  const { accountId } = call;
  const name = checkedName(input.InstanceProfileName, 'instanceProfileName', 128);
  const path = checkedPath(input.Path);
  const tags = checkedTags(input.Tags);
  return store.update((tx) => {
    const table = tx.table(instanceProfiles);
    if (table.get(entityKey(accountId, name)) !== undefined) throw instanceProfileExists(name);
    if (table.count('account', { accountId }) >= maxProfiles)
      throw quotaExceeded('InstanceProfilesPerAccount', maxProfiles);
    const profile = table.put({
      accountId,
      name,
      path,
      id: newEntityId(random, 'instance-profile'),
      arn: entityArn('instance-profile', accountId, path, name),
      createdAt: call.now,
      tags,
    });
    return { InstanceProfile: presentInstanceProfile(tx, profile, call) };
  });
};
