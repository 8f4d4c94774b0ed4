import type { Ec2Operation } from '../../ec2.ts';
import { mergeTags, userTags } from '../tags.ts';
import { taggableOf } from './taggable-reference.ts';

/** CreateTags: the same tags on all of these resources, or on none. */
export const createTags: Ec2Operation<'CreateTags'> = (ec2, input, call) => {
  const tags = userTags(input.Tags);
  return ec2.store.update((tx) => {
    for (const id of input.Resources) {
      const { kind, row } = taggableOf(tx, call, id);
      kind.putTags(tx, id, mergeTags(row.tags, tags));
    }
    return {};
  });
};
