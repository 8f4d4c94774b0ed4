import type { Call } from '../../../../wire/api.ts';
import { groupNamed } from '../../find-group.ts';
import type { Logs } from '../../logs.ts';
import type { LogGroup } from '../../state/group/log-group.ts';
import { logGroups } from '../../state/group/log-groups.ts';

/** Changes what is on record of a group. */
export function changeGroup(
  { store }: Logs,
  call: Call,
  name: string,
  change: (group: LogGroup) => Partial<LogGroup>,
): Record<string, never> {
  return store.update((tx) => {
    const group = groupNamed(tx, call, name);
    tx.table(logGroups).put({ ...group, ...change(group) });
    return {};
  });
}
