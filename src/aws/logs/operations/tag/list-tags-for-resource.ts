import type { LogsOperation } from '../../logs.ts';
import { taggedGroup } from './tagged-group.ts';

export const listTagsForResource: LogsOperation<'ListTagsForResource'> = ({ store }, input, call) =>
  store.view((tx) => ({ tags: { ...taggedGroup(tx, call, input.resourceArn).tags } }));
