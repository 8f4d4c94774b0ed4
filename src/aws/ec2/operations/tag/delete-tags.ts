import type { Ec2Operation } from '../../ec2.ts';
import { withoutTags } from '../tags.ts';
import { taggableOf } from './taggable-reference.ts';

/** DeleteTags: of those keys, and those values where any are given; without keys, all tags. */
export const deleteTags: Ec2Operation<'DeleteTags'> = (ec2, input, call) =>
  ec2.store.update((tx) => {
    for (const id of input.Resources) {
      const { kind, row } = taggableOf(tx, call, id);
      kind.putTags(tx, id, input.Tags === undefined ? [] : withoutTags(row.tags, input.Tags));
    }
    return {};
  });
