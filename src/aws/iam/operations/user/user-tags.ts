import type { IamOperation } from '../../iam.ts';
import { users } from '../../state/user/users.ts';
import { userNamed } from '../find.ts';
import { addTags, listTags, removeTags, type Taggable } from '../tagging.ts';

const taggable: Taggable<ReturnType<typeof userNamed>> = {
  noun: 'User',
  read: userNamed,
  change: userNamed,
  write: (tx, user) => void tx.table(users).put(user),
};

export const tagUser: IamOperation<'TagUser'> = (iam, input, call) =>
  addTags(iam, taggable, input.UserName, input.Tags, call);

export const untagUser: IamOperation<'UntagUser'> = (iam, input, call) =>
  removeTags(iam, taggable, input.UserName, input.TagKeys, call);

export const listUserTags: IamOperation<'ListUserTags'> = (iam, input, call) =>
  listTags(iam, taggable, input.UserName, input, call);
