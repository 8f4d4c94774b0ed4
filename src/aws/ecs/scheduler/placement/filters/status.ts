// Not ACTIVE: placement does not even look at it, and who asks about every instance is told.
import type { Filter } from '../filter.ts';
import { named } from '../nearest-instance.ts';

const nothing = {};

export const status: Filter<true> = {
  name: 'status',
  reason: 'DRAINING',
  needOf: () => true,
  reject: (_need, { instance }) => (instance.status === 'ACTIVE' ? undefined : nothing),
  detail: () => 'the instance is DRAINING and takes no new tasks',
  line: (_figures, nearest) => `DRAINING, so it gets no new tasks, ${named(nearest)}`,
  suggest: (_figures, { instance }) => [
    {
      kind: 'activate',
      text: `Set ${instance} to ACTIVE again (UpdateContainerInstancesState): nothing else prevents placement there.`,
    },
  ],
};
