// AddTagsToResource: adds tags to a parameter; a tag key that it has already gets the new value.
import type { SsmOperation } from '../../ssm.ts';
import { parameters } from '../../state/parameter/parameters.ts';
import { mergeTags, newTags, taggedParameter } from './tags.ts';

export const addTagsToResource: SsmOperation<'AddTagsToResource'> = (ssm, input, call) => {
  const tags = newTags(input.Tags);
  return ssm.store.update((tx) => {
    const parameter = taggedParameter(tx, call, input);
    tx.table(parameters).put({ ...parameter, tags: mergeTags(parameter.tags, tags) });
    return {};
  });
};
