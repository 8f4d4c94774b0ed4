// TagResource: adds tags; a tag key that is there already gets the new value.
import type { EfsOperation } from '../../efs.ts';
import { changeTags, mergeTags, newTags } from './tags.ts';

export const tagResource: EfsOperation<'TagResource'> = (efs, input, call) => {
  const added = newTags(input.Tags);
  return efs.store.update((tx) => {
    changeTags(tx, call, input.ResourceId, (tags) => mergeTags(tags, added));
    return {};
  });
};
