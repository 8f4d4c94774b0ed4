// distinctInstance: no second task of the group on one instance.
import type { InstanceLoad } from '../../../state/instance/instance-load.ts';
import type { Ask, Constraint, Filter } from '../filter.ts';

const isDistinct = ({ type }: Constraint): boolean => type === 'distinctInstance';

const heldOfGroup = (ask: Ask, load: InstanceLoad): number =>
  ask.constraints.some(isDistinct) ? (load.taskGroups().get(ask.group) ?? 0) : 0;

export const distinctInstance: Filter = {
  name: 'distinctInstance',
  accepts: (ask, load) => heldOfGroup(ask, load) === 0,
  reject(ask, load) {
    const held = heldOfGroup(ask, load);
    if (held === 0) return undefined;
    const reason = 'DistinctInstance placement constraint unsatisfied.';
    return { filter: 'distinctInstance', reason, group: ask.group, held };
  },
};
