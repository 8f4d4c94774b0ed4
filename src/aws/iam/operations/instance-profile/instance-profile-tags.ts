import type { IamOperation } from '../../iam.ts';
import { instanceProfiles } from '../../state/instance-profile/instance-profiles.ts';
import { instanceProfileNamed } from '../find.ts';
import { addTags, listTags, removeTags, type Taggable } from '../tagging.ts';

const taggable: Taggable<ReturnType<typeof instanceProfileNamed>> = {
  noun: 'InstanceProfile',
  read: instanceProfileNamed,
  change: instanceProfileNamed,
  write: (tx, profile) => void tx.table(instanceProfiles).put(profile),
};

export const tagInstanceProfile: IamOperation<'TagInstanceProfile'> = (iam, input, call) =>
  addTags(iam, taggable, input.InstanceProfileName, input.Tags, call);

export const untagInstanceProfile: IamOperation<'UntagInstanceProfile'> = (iam, input, call) =>
  removeTags(iam, taggable, input.InstanceProfileName, input.TagKeys, call);

export const listInstanceProfileTags: IamOperation<'ListInstanceProfileTags'> = (iam, input, call) =>
  listTags(iam, taggable, input.InstanceProfileName, input, call);
