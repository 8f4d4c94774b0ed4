// distinctInstance: no second task of the group on one instance.
import type { Constraint, Filter } from '../filter.ts';
import { onNamed } from '../nearest-instance.ts';

interface GroupFigures {
  readonly group: string;
  /** How many tasks of the group the instance has. */
  readonly held: number;
}

const isDistinct = ({ type }: Constraint): boolean => type === 'distinctInstance';

/** It needs a group. */
export const distinctInstance: Filter<string, GroupFigures> = {
  name: 'distinctInstance',
  reason: 'DistinctInstance placement constraint unsatisfied.',
  needOf: ({ constraints, group }) => (constraints.some(isDistinct) ? group : undefined),
  reject(group, usage) {
    const held = usage.taskGroups().get(group) ?? 0;
    return held === 0 ? undefined : { group, held };
  },
  screen(group, fleet, passes) {
    for (const at of fleet.groupTasks(group).keys()) passes[at] = 0;
    return undefined;
  },
  held: ({ group }, task) => Number(task.group === group),
  detail: ({ group, held }) =>
    `the instance already has ${held} task${held === 1 ? '' : 's'} of the group ${group}`,
  line: ({ group }, nearest) =>
    `distinctInstance - a task of the group ${group} is there already, ${onNamed(nearest)}`,
  suggest: ({ group }) => [
    {
      kind: 'change',
      text: `Remove distinctInstance, or run at most one task of the group ${group} on each instance that can run it.`,
    },
  ],
};
