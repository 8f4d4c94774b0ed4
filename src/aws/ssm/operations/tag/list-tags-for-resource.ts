// ListTagsForResource: the tags of a parameter.
import type { SsmOperation } from '../../ssm.ts';
import { taggedParameter } from './tags.ts';

export const listTagsForResource: SsmOperation<'ListTagsForResource'> = (ssm, input, call) =>
  ssm.store.view((tx) => ({
    TagList: taggedParameter(tx, call, input).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  }));
