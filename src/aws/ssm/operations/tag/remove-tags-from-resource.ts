// RemoveTagsFromResource: takes tags off a parameter; tag keys that it does not have are no error.
import type { SsmOperation } from '../../ssm.ts';
import { parameters } from '../../state/parameter/parameters.ts';
import { taggedParameter } from './tags.ts';

export const removeTagsFromResource: SsmOperation<'RemoveTagsFromResource'> = (ssm, input, call) =>
  ssm.store.update((tx) => {
    const parameter = taggedParameter(tx, call, input);
    const gone = new Set(input.TagKeys);
    tx.table(parameters).put({ ...parameter, tags: parameter.tags.filter(({ key }) => !gone.has(key)) });
    return {};
  });
