import type { LogsOperation } from '../../logs.ts';
import { logGroups } from '../../state/group/log-groups.ts';
import { taggedGroup } from './tagged-group.ts';
import { withoutTags } from '../../tags.ts';

export const untagResource: LogsOperation<'UntagResource'> = ({ store }, input, call) =>
  store.update((tx) => {
    const group = taggedGroup(tx, call, input.resourceArn);
    tx.table(logGroups).put({ ...group, tags: withoutTags(group.tags, input.tagKeys) });
    return {};
  });
