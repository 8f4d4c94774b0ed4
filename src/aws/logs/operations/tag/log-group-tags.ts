// TagLogGroup, UntagLogGroup, ListTagsLogGroup: the older calls for the tags of a group, by its name.
import { groupNamed } from '../../find-group.ts';
import type { LogsOperation } from '../../logs.ts';
import { changeGroup } from '../group/change-group.ts';
import { withoutTags, withTags } from '../../tags.ts';

export const tagLogGroup: LogsOperation<'TagLogGroup'> = (logs, input, call) =>
  changeGroup(logs, call, input.logGroupName, ({ tags }) => ({ tags: withTags(tags, input.tags) }));

export const untagLogGroup: LogsOperation<'UntagLogGroup'> = (logs, input, call) =>
  changeGroup(logs, call, input.logGroupName, ({ tags }) => ({ tags: withoutTags(tags, input.tags) }));

export const listTagsLogGroup: LogsOperation<'ListTagsLogGroup'> = ({ store }, input, call) =>
  store.view((tx) => ({ tags: { ...groupNamed(tx, call, input.logGroupName).tags } }));
