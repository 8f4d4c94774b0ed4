import type { IamOperation } from '../../iam.ts';
import { roles } from '../../state/role/roles.ts';
import { roleNamed } from '../find.ts';
import { addTags, listTags, removeTags, type Taggable } from '../tagging.ts';

const taggable: Taggable<ReturnType<typeof roleNamed>> = {
  noun: 'Role',
  read: roleNamed,
  // Its tags and its description are what an account may change of a service-linked role.
  change: roleNamed,
  write: (tx, role) => void tx.table(roles).put(role),
};

export const tagRole: IamOperation<'TagRole'> = (iam, input, call) =>
  addTags(iam, taggable, input.RoleName, input.Tags, call);

export const untagRole: IamOperation<'UntagRole'> = (iam, input, call) =>
  removeTags(iam, taggable, input.RoleName, input.TagKeys, call);

export const listRoleTags: IamOperation<'ListRoleTags'> = (iam, input, call) =>
  listTags(iam, taggable, input.RoleName, input, call);
