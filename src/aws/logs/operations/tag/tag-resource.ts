import type { LogsOperation } from '../../logs.ts';
import { logGroups } from '../../state/group/log-groups.ts';
import { taggedGroup } from './tagged-group.ts';
import { withTags } from '../../tags.ts';

export const tagResource: LogsOperation<'TagResource'> = ({ store }, input, call) =>
  store.update((tx) => {
    const group = taggedGroup(tx, call, input.resourceArn);
    tx.table(logGroups).put({ ...group, tags: withTags(group.tags, input.tags) });
    return {};
  });
