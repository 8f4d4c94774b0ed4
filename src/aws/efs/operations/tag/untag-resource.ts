// UntagResource: takes tags off; tag keys that are not there are no error.
import type { EfsOperation } from '../../efs.ts';
import { changeTags } from './tags.ts';

export const untagResource: EfsOperation<'UntagResource'> = (efs, input, call) =>
  efs.store.update((tx) => {
    const gone = new Set(input.TagKeys);
    changeTags(tx, call, input.ResourceId, (tags) => tags.filter(({ key }) => !gone.has(key)));
    return {};
  });
